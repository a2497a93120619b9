-- The events that somebody is known for and event_names does not leave out.
{%- set columns = lead_scoring.connected_contract('events') %}

with known_events as (
    select * from {{ ref('stg_lead_scoring__known_events') }}
),

final as (
    select
        {%- for column in columns if column != 'event_id' %}
        {{ column }},
        {%- endfor %}
        event_id
    from known_events
    where put_aside is null
)

select * from final
