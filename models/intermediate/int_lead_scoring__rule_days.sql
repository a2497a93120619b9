{{ config(materialized='kept', meta={'scope': 'scores', 'replaces': 'moments'}) }}

with rules as (
    select * from {{ ref('int_lead_scoring__rules') }}
    where kind = 'engagement' and points is not null
),

decay_factors as (
    select * from {{ ref('int_lead_scoring__decay_factors') }}
    where factor > 0
),

-- the days on a rule's clock on which its events have not expired
rule_factors as (
    select
        rules.rule_key,
        decay_factors.clock,
        decay_factors.age as days_on_clock,
        decay_factors.factor
    from rules
    inner join decay_factors on rules.decay = decay_factors.decay
    where
        decay_factors.is_in_use
        and (
            rules.within_days is null
            or decay_factors.clock = 'activity'
            or decay_factors.age < rules.within_days
        )
),

-- events beyond a rule's reach are left out before anything is counted
rule_reaches as (
    select
        rules.rule_key,
        min(rule_factors.clock) as clock,
        case
            when min(rule_factors.clock) = 'activity' then coalesce(min(rules.within_days), 999999)
            else max(rule_factors.days_on_clock) + 1
        end as reach
    from rules
    inner join rule_factors on rules.rule_key = rule_factors.rule_key
    group by rules.rule_key
),

matched_days as (
    {{ lead_scoring.matched_days('rule_reaches') }}
),

days_on_clocks as (
    select
        matched_days.*,
        matched_days.age as days_on_clock
    from matched_days
    inner join rule_reaches on matched_days.rule_key = rule_reaches.rule_key
    where rule_reaches.clock = 'event'
    union all
    select
        matched_days.*,
        activity.gap as days_on_clock
    from matched_days
    inner join rule_reaches on matched_days.rule_key = rule_reaches.rule_key
    inner join {{ lead_scoring.rows_to_score(ref('int_lead_scoring__activity')) }} as activity
        on matched_days.moment_key = activity.moment_key
    where rule_reaches.clock = 'activity'
),

-- an event whose factor is 0 has expired: for the rule it no longer exists
unexpired_days as (
    select days_on_clocks.*
    from days_on_clocks
    inner join rule_factors
        on
            days_on_clocks.rule_key = rule_factors.rule_key
            and days_on_clocks.days_on_clock = rule_factors.days_on_clock
),

awards as (
    {{ lead_scoring.awarded_days('unexpired_days', 'rules') }}
),

-- few different terms stand for many days
terms as (
    {{ lead_scoring.terms_of_days('awards', 'rules', 'rule_factors') }}
),

final as (
    select
        awards.*,
        terms.factor,
        terms.points_per_event,
        terms.points
    from awards
    inner join terms
        on
            awards.rule_key = terms.rule_key
            and awards.days_on_clock = terms.days_on_clock
            and awards.counted_events = terms.counted_events
)

select * from final
