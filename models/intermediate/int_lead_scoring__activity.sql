{{ config(materialized='kept', meta={'scope': 'scores', 'replaces': 'moments'}) }}

with moments as (
    select * from {{ ref('int_lead_scoring__moments') }}
    where is_touched
),

activity_combinations as (
    select combination_key from {{ ref('int_lead_scoring__event_combinations') }}
    where is_activity
),

latest_activity as (
    select
        counting_events.moment_key,
        max(counting_events.occurred_at) as occurred_at,
        max(counting_events.occurred_day) as occurred_day
    from {{ ref('int_lead_scoring__counting_events') }} as counting_events
    inner join activity_combinations
        on counting_events.combination_key = activity_combinations.combination_key
    group by counting_events.moment_key
),

final as (
    select
        -- ids
        moments.moment_key,
        -- numerics
        {{ dbt.datediff(
            'coalesce(latest_activity.occurred_day, moments.exists_from_day)',
            'moments.as_of_day',
            'day'
        ) }} as gap,
        -- times
        latest_activity.occurred_at as last_activity_at
    from moments
    left join latest_activity on moments.moment_key = latest_activity.moment_key
)

select * from final
