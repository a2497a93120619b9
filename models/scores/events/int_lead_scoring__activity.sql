-- When each lead itself was last active, and the gap since (contract, section 4: gap).
with moments as (
    select * from {{ ref('int_lead_scoring__moments') }}
),

activity_types as (
    select {{ lead_scoring.normalised('event_type') }} as event_type
    from {{ ref('lead_scoring__event_types') }}
    where is_activity
),

activity_contents as (
    select contents.content_key
    from {{ ref('stg_lead_scoring__event_contents') }} as contents
    inner join activity_types on contents.event_type = activity_types.event_type
),

latest_activity as (
    select
        counting_events.moment_key,
        max(counting_events.occurred_at) as occurred_at,
        min(counting_events.age) as age
    from {{ ref('int_lead_scoring__counting_events') }} as counting_events
    inner join activity_contents
        on counting_events.content_key = activity_contents.content_key
    group by counting_events.moment_key
),

final as (
    select
        -- ids
        moments.moment_key,
        -- numerics
        coalesce(
            latest_activity.age,
            greatest(
                0, {{ dbt.datediff('moments.exists_from_day', 'moments.as_of_day', 'day') }}
            )
        ) as gap,
        -- times
        latest_activity.occurred_at as last_activity_at
    from moments
    left join latest_activity on moments.moment_key = latest_activity.moment_key
)

select * from final
