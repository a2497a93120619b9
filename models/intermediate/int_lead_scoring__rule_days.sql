{{ config(materialized='kept', meta={'scope': 'scores', 'replaces': 'moments'}) }}

with rules as (
    select * from {{ ref('int_lead_scoring__rules') }}
    where kind = 'engagement' and points is not null
),

activity_curves as (
    select distinct decay from {{ ref('int_lead_scoring__decay_factors') }}
    where clock = 'activity'
),

activity as (
    select * from {{ lead_scoring.rows_to_score(ref('int_lead_scoring__activity')) }}
),

matched_days as (
    select
        counting_events.moment_key,
        combination_rules.rule_key,
        counting_events.age,
        sum(counting_events.events) as events
    from {{ ref('int_lead_scoring__counting_events') }} as counting_events
    inner join {{ ref('int_lead_scoring__combination_rules') }} as combination_rules
        on counting_events.combination_key = combination_rules.combination_key
    inner join {{ ref('int_lead_scoring__moments') }} as moments
        on
            counting_events.moment_key = moments.moment_key
            and combination_rules.holds_from <= moments.as_of_day
            and combination_rules.holds_until > moments.as_of_day
    group by counting_events.moment_key, combination_rules.rule_key, counting_events.age
),

-- an event whose factor is 0 has expired: for the rule it no longer exists
unexpired_days as (
    select
        matched_days.*,
        rules.award,
        rules.points as points_per_event,
        rules.max_per_day,
        rules.min_count,
        decay_factors.age as days_on_clock,
        decay_factors.factor
    from matched_days
    inner join rules
        on
            matched_days.rule_key = rules.rule_key
            and (rules.within_days is null or matched_days.age < rules.within_days)
    left join activity_curves on rules.decay = activity_curves.decay
    left join activity on matched_days.moment_key = activity.moment_key
    inner join {{ ref('int_lead_scoring__decay_factors') }} as decay_factors
        on
            rules.decay = decay_factors.decay
            and case
                when activity_curves.decay is null then matched_days.age else activity.gap
            end = decay_factors.age
            and decay_factors.factor > 0
),

-- only these awards and counts look at more than one day
totals as (
    select
        moment_key,
        rule_key,
        sum(events) as events,
        min(age) as latest_age
    from unexpired_days
    where award = 'once' or min_count > 1
    group by moment_key, rule_key
),

final as (
    select
        -- ids
        days.moment_key,
        days.rule_key,
        -- numerics
        days.age,
        days.days_on_clock,
        days.events,
        cast(case
            when days.award = 'each'
                then least(days.events, coalesce(days.max_per_day, days.events))
            when days.age = totals.latest_age then 1
            else 0
        end as integer) as counted_events,
        days.factor,
        days.points_per_event
    from unexpired_days as days
    left join totals on days.moment_key = totals.moment_key and days.rule_key = totals.rule_key
    where totals.events is null or totals.events >= days.min_count
)

select
    *,
    {{ lead_scoring.rounded_decimal(
        'cast(counted_events * points_per_event as decimal(20, 2)) * factor', 4
    ) }} as points
from final
