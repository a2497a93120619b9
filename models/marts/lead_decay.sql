with rules as (
    select * from {{ ref('int_lead_scoring__rules') }}
    where kind = 'engagement' and points <> 0
),

points_of_rules as (
    select
        moment_key,
        rule_key,
        sum(events) as events,
        sum(counted_events * points_per_event) as points_before_decay,
        sum(points) as points_after_decay
    from {{ ref('int_lead_scoring__rule_days') }}
    group by moment_key, rule_key
),

final as (
    select
        -- ids
        moments.lead_id,
        reasons.scorecard,
        rules.rule_id,
        -- strings
        rules.signal,
        -- numerics
        cast(points_of_rules.events as integer) as events,
        cast(points_of_rules.points_before_decay as decimal(18, 4)) as points_before_decay,
        cast(points_of_rules.points_after_decay as decimal(18, 4)) as points_after_decay,
        cast(
            points_of_rules.points_before_decay - points_of_rules.points_after_decay
            as decimal(18, 4)
        ) as points_lost,
        -- times
        cast({{ dbt.dateadd('day', 'halving_days.days_ahead', 'moments.as_of_day') }} as date)
            as half_points_on,
        moments.as_of
    from {{ ref('int_lead_scoring__reasons') }} as reasons
    inner join rules on reasons.rule_key = rules.rule_key
    inner join points_of_rules
        on
            reasons.moment_key = points_of_rules.moment_key
            and reasons.rule_key = points_of_rules.rule_key
    inner join {{ ref('int_lead_scoring__moments') }} as moments
        on reasons.moment_key = moments.moment_key
    left join {{ ref('int_lead_scoring__halving_days') }} as halving_days
        on reasons.moment_key = halving_days.moment_key and reasons.rule_key = halving_days.rule_key
)

select * from final
