-- The events that somebody is known for and event_names does not leave out.
with known_events as (
    select * from {{ ref('stg_lead_scoring__known_events') }}
),

final as (
    select
        {%- for column in lead_scoring.connected_contract('events') %}
        {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from known_events
    where put_aside is null
)

select * from final
