with colleagues as (
    select * from {{ ref('int_lead_scoring__colleagues') }}
),

-- colleagues whose activity is not known yet, since no moment of theirs is scored at this instant
colleagues_without_moment as (
    select
        colleagues.colleague_key,
        colleagues.as_of,
        identities.identity_key
    from colleagues
    inner join {{ ref('stg_lead_scoring__lead_identities') }} as identities
        on colleagues.lead_key = identities.lead_key
    where colleagues.moment_key is null
),

events as (
    select events.*
    from {{ ref('stg_lead_scoring__events') }} as events
    inner join {{ ref('int_lead_scoring__event_combinations') }} as combinations
        on events.combination_key = combinations.combination_key
    where
        combinations.is_activity
        and events.quarantine_cause is null
        and not events.is_of_bot_agent
),

latest_activity_days as (
    select
        colleagues_without_moment.colleague_key,
        max(events.occurred_day) as occurred_day
    from colleagues_without_moment
    inner join events
        on
            colleagues_without_moment.identity_key = events.identity_key
            and colleagues_without_moment.as_of >= events.occurred_at
            and colleagues_without_moment.as_of >= events.known_at
            and coalesce(colleagues_without_moment.as_of < events.superseded_at, true)
    left join {{ ref('int_lead_scoring__bot_clicks') }} as bot_clicks
        on
            events.event_hash = bot_clicks.event_hash
            and events.known_at = bot_clicks.known_at
            and colleagues_without_moment.as_of >= bot_clicks.bot_from
            and colleagues_without_moment.as_of < bot_clicks.bot_until
    where bot_clicks.event_hash is null
    group by colleagues_without_moment.colleague_key
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
        on colleagues.colleague_key = latest_activity_days.colleague_key
)

select * from final
