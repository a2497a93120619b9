-- When each lead itself was last active, and the gap since (contract, section 4: gap); how much was
-- seen of it of late. Types of events that event_types does not list are left out of both.
with moments as (
    select * from {{ ref('int_lead_scoring__moments') }}
),

listed_types as (
    select
        {{ lead_scoring.normalised('event_type') }} as event_type,
        coalesce(is_activity, false) as is_activity
    from {{ ref('lead_scoring__event_types') }}
),

listed_contents as (
    select
        contents.content_key,
        listed_types.is_activity
    from {{ ref('stg_lead_scoring__event_contents') }} as contents
    inner join listed_types on contents.event_type = listed_types.event_type
),

seen_events as (
    select
        events.moment_key,
        max(case when contents.is_activity then events.occurred_at end) as latest_activity_at,
        min(case when contents.is_activity then events.age end) as latest_activity_age,
        sum(case when events.age < 30 then 1 else 0 end) as events_in_30_days
    from {{ ref('int_lead_scoring__counting_events') }} as events
    inner join listed_contents as contents on events.content_key = contents.content_key
    group by events.moment_key
),

final as (
    select
        -- ids
        moments.moment_key,
        -- numerics
        coalesce(
            seen_events.latest_activity_age,
            greatest(
                0, {{ dbt.datediff('moments.exists_from_day', 'moments.as_of_day', 'day') }}
            )
        ) as gap,
        cast(coalesce(seen_events.events_in_30_days, 0) as integer) as events_in_30_days,
        -- times
        seen_events.latest_activity_at as last_activity_at
    from moments
    left join seen_events on moments.moment_key = seen_events.moment_key
)

select * from final
