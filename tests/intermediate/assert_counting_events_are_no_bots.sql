{{ config(group='lead_scoring') }}

with moments as (
    select * from {{ ref('int_lead_scoring__moments') }}
),

daily_counts as (
    select * from {{ ref('int_lead_scoring__daily_event_counts') }}
),

bot_events as (
    select * from {{ ref('int_lead_scoring__bot_events') }}
),

event_types_in_use as (
    select * from {{ ref('int_lead_scoring__event_types_in_use') }}
),

events as (
    select events_of_types.*
    from {{ ref('stg_lead_scoring__events') }} as events_of_types
    inner join event_types_in_use on events_of_types.event_type = event_types_in_use.event_type
    where events_of_types.quarantine_cause is null
),

events_that_should_count as (
    select
        moments.moment_key,
        count(distinct events.event_id) as events,
        count(distinct case when bot_events.event_id is not null then events.event_id end) as bots
    from moments
    inner join events on {{ lead_scoring.is_known_at_moment() }}
    left join bot_events
        on moments.moment_key = bot_events.moment_key and events.event_id = bot_events.event_id
    group by moments.moment_key
),

events_that_count as (
    select
        moment_key,
        sum(events) as events
    from daily_counts
    group by moment_key
),

final as (
    select
        moments.lead_id,
        moments.as_of,
        events_that_should_count.events,
        events_that_should_count.bots,
        events_that_count.events as counted
    from moments
    left join events_that_should_count
        on moments.moment_key = events_that_should_count.moment_key
    left join events_that_count on moments.moment_key = events_that_count.moment_key
    where
        coalesce(events_that_count.events, 0)
        <> coalesce(events_that_should_count.events - events_that_should_count.bots, 0)
)

select * from final
