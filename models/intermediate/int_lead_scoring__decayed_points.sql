{{ config(materialized='kept', meta={'scope': 'scores', 'replaces': 'moments'}) }}

with rules as (
    select * from {{ ref('int_lead_scoring__rules') }}
    where kind = 'engagement' and points <> 0
),

rule_days as (
    select * from {{ lead_scoring.rows_to_score(ref('int_lead_scoring__rule_days')) }} as rule_days
),

halving_days as (
    select * from {{ lead_scoring.rows_to_score(ref('int_lead_scoring__halving_days')) }}
        as halving_days
),

points_of_rules as (
    select
        rule_days.moment_key,
        rule_days.rule_key,
        sum(rule_days.events) as events,
        sum(rule_days.counted_events * rule_days.points_per_event) as points_before_decay,
        sum(rule_days.points) as points_after_decay
    from rule_days
    inner join rules on rule_days.rule_key = rules.rule_key
    group by rule_days.moment_key, rule_days.rule_key
),

final as (
    select
        -- ids
        points_of_rules.moment_key,
        points_of_rules.rule_key,
        -- numerics
        cast(points_of_rules.events as integer) as events,
        cast(points_of_rules.points_before_decay as decimal(18, 4)) as points_before_decay,
        cast(points_of_rules.points_after_decay as decimal(18, 4)) as points_after_decay,
        halving_days.days_ahead as half_points_in_days
    from points_of_rules
    left join halving_days
        on
            points_of_rules.moment_key = halving_days.moment_key
            and points_of_rules.rule_key = halving_days.rule_key
)

select * from final
