{{ config(materialized='kept', meta={'scope': 'scores', 'replaces': 'moments'}) }}

with rule_conditions as (
    select distinct
        rule_key,
        condition_key
    from {{ ref('int_lead_scoring__rule_conditions') }}
    where rule_key is not null and of in ('lead', 'history')
),

held_conditions as (
    select
        moment_key,
        condition_key
    from {{ lead_scoring.rows_to_score(ref('int_lead_scoring__lead_conditions')) }}
        as lead_conditions
    union all
    select
        moment_key,
        condition_key
    from {{ lead_scoring.rows_to_score(ref('int_lead_scoring__history_conditions')) }}
        as history_conditions
),

conditions_per_rule as (
    select
        rule_key,
        count(*) as conditions
    from rule_conditions
    group by rule_key
),

final as (
    select
        held_conditions.moment_key,
        rule_conditions.rule_key
    from held_conditions
    inner join rule_conditions on held_conditions.condition_key = rule_conditions.condition_key
    inner join conditions_per_rule on rule_conditions.rule_key = conditions_per_rule.rule_key
    group by held_conditions.moment_key, rule_conditions.rule_key, conditions_per_rule.conditions
    having count(*) = conditions_per_rule.conditions
)

select * from final
