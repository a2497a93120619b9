-- What became of the events before the contract's own counts begin.
with known_events as (
    select * from {{ ref('stg_lead_scoring__known_events') }}
),

typed_events as (
    select * from {{ ref('stg_lead_scoring__typed_events') }}
),

fates as (
    select
        known_events.tool,
        case
            when typed_events.event_type is null then 'left out by event_names'
            when known_events.lead_id is null then 'of nobody known'
            else 'read'
        end as fate
    from known_events
    left join typed_events
        on
            known_events.tool = typed_events.tool
            and known_events.event_name = typed_events.event_name
            and coalesce(known_events.url, '') = coalesce(typed_events.url, '')
            and coalesce(known_events.asset, '') = coalesce(typed_events.asset, '')
            and coalesce(known_events.channel, '') = coalesce(typed_events.channel, '')
),

final as (
    select
        tool,
        fate,
        count(*) as events
    from fates
    group by tool, fate
)

select * from final
