{#- A view: whoever reads it adds up what it needs, in one pass over the events. -#}
{{ config(materialized='view') }}

with moments as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__moments')) }}
    where is_touched
),

identities as (
    select * from {{ lead_scoring.in_same_database(ref('stg_lead_scoring__lead_identities')) }}
),

events as (
    select * from {{ lead_scoring.in_same_database(ref('stg_lead_scoring__events')) }}
    where quarantine_cause is null and not is_of_bot_agent
),

bot_clicks as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__bot_clicks')) }}
),

moments_of_identities as (
    select
        identities.identity_key,
        moments.moment_key,
        moments.as_of,
        moments.as_of_day
    from moments
    inner join identities on moments.lead_key = identities.lead_key
),

-- merged leads' events count for the survivor, at every as_of
known_events as (
    select
        moments.moment_key,
        moments.as_of,
        events.event_hash,
        events.combination_key,
        {{ dbt.datediff('events.occurred_day', 'moments.as_of_day', 'day') }} as age,
        events.occurred_at,
        events.occurred_day,
        events.known_at
    from events
    inner join moments_of_identities as moments
        on
            events.identity_key = moments.identity_key
            and events.occurred_at <= moments.as_of
            and events.known_at <= moments.as_of
            and (events.superseded_at is null or events.superseded_at > moments.as_of)
),

final as (
    select
        -- ids
        known_events.moment_key,
        known_events.event_hash,
        known_events.combination_key,
        -- numerics
        known_events.age,
        1 as events,
        -- times
        known_events.occurred_at,
        known_events.occurred_day
    from known_events
    left join bot_clicks
        on
            known_events.event_hash = bot_clicks.event_hash
            and known_events.known_at = bot_clicks.known_at
            and known_events.as_of >= bot_clicks.bot_from
            and known_events.as_of < bot_clicks.bot_until
    where bot_clicks.event_hash is null
)

select * from final
