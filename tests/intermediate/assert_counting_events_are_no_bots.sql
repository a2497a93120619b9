{{ config(group='lead_scoring') }}

with moments as (
    select * from {{ ref('int_lead_scoring__moments') }}
    where is_touched
),

identities as (
    select * from {{ ref('stg_lead_scoring__lead_identities') }}
),

events as (
    select * from {{ ref('stg_lead_scoring__events') }}
    where quarantine_cause is null
),

bot_clicks as (
    select * from {{ ref('int_lead_scoring__bot_clicks') }}
),

events_known_at_moments as (
    select
        moments.moment_key,
        moments.as_of,
        events.*
    from moments
    inner join identities on moments.lead_key = identities.lead_key
    inner join events
        on
            identities.identity_key = events.identity_key
            and moments.as_of >= events.occurred_at
            and moments.as_of >= events.known_at
            and (events.superseded_at is null or moments.as_of < events.superseded_at)
),

bot_events as (
    select distinct
        events.moment_key,
        events.event_hash
    from events_known_at_moments as events
    left join bot_clicks
        on
            events.event_hash = bot_clicks.event_hash
            and events.known_at = bot_clicks.known_at
            and events.as_of >= bot_clicks.bot_from
            and events.as_of < bot_clicks.bot_until
    where events.is_of_bot_agent or bot_clicks.event_hash is not null
),

events_that_should_count as (
    select
        events.moment_key,
        count(distinct events.event_hash) - count(distinct bot_events.event_hash) as events
    from events_known_at_moments as events
    left join bot_events
        on
            events.moment_key = bot_events.moment_key
            and events.event_hash = bot_events.event_hash
    group by events.moment_key
),

events_that_count as (
    select
        moment_key,
        sum(events) as events
    from {{ ref('int_lead_scoring__counting_events') }}
    group by moment_key
),

final as (
    select
        events_that_should_count.moment_key,
        events_that_should_count.events,
        events_that_count.events as counted
    from events_that_should_count
    left join events_that_count
        on events_that_should_count.moment_key = events_that_count.moment_key
    where coalesce(events_that_count.events, 0) <> events_that_should_count.events
)

select * from final
