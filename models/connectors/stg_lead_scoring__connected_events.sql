-- The events that somebody is known for and event_names does not leave out.
{%- set columns = lead_scoring.connected_contract('events') %}

with known_events as (
    select * from {{ ref('stg_lead_scoring__known_events') }}
),

typed_events as (
    select * from {{ ref('stg_lead_scoring__typed_events') }}
),

final as (
    select
        {%- for column in columns if column != 'event_type' %}
        known_events.{{ column }},
        {%- endfor %}
        typed_events.event_type
    from known_events
    inner join typed_events
        on
            known_events.tool = typed_events.tool
            and known_events.event_name = typed_events.event_name
            and coalesce(known_events.url, '') = coalesce(typed_events.url, '')
            and coalesce(known_events.asset, '') = coalesce(typed_events.asset, '')
            and coalesce(known_events.channel, '') = coalesce(typed_events.channel, '')
    where
        typed_events.event_type is not null
        and (
            known_events.lead_id is not null
            or known_events.tool not in ('segment', 'snowplow', 'ga4')
        )
)

select * from final
