with colleagues as (
    select * from {{ ref('int_lead_scoring__colleagues') }}
),

-- colleagues whose activity this run does not know, since it does not score them at this instant
moments as (
    select
        colleague_key as moment_key,
        lead_key,
        as_of
    from colleagues
    where moment_key is null
),

events as (
    select * from {{ ref('stg_lead_scoring__events') }}
    where quarantine_cause is null and lead_key in (select moments.lead_key from moments)
),

bot_events as (
    {{ lead_scoring.bot_events() }}
),

activity_types as (
    select {{ lead_scoring.normalised('event_type') }} as event_type
    from {{ ref('lead_scoring__event_types') }}
    where is_activity
),

latest_activity_days as (
    select
        moments.moment_key,
        max(events.occurred_day) as occurred_day
    from events
    inner join activity_types on events.event_type = activity_types.event_type
    inner join moments on {{ lead_scoring.is_known_at_moment() }}
    left join bot_events
        on moments.moment_key = bot_events.moment_key and events.event_id = bot_events.event_id
    where bot_events.event_id is null
    group by moments.moment_key
),

final as (
    select
        -- ids
        colleagues.colleague_key,
        -- numerics
        coalesce(
            activity.gap,
            {{ dbt.datediff(
                'coalesce(latest_activity_days.occurred_day, colleagues.exists_from_day)',
                'colleagues.as_of_day',
                'day'
            ) }}
        ) as gap
    from colleagues
    left join {{ ref('int_lead_scoring__activity') }} as activity
        on colleagues.moment_key = activity.moment_key
    left join latest_activity_days
        on colleagues.colleague_key = latest_activity_days.moment_key
)

select * from final
