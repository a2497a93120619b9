-- Which rules have all their conditions on leads and on history fulfilled at each moment (contract,
-- section 3: further conditions). Rules without such a condition are not here: of engagement rules
-- the events decide.
with rule_conditions as (
    select distinct
        rule_key,
        condition_key
    from {{ ref('int_lead_scoring__rule_conditions') }}
    where rule_key is not null and subject in ('lead', 'history')
),

held_conditions as (
    select
        held.moment_key,
        held.condition_key
    from {{ ref('int_lead_scoring__lead_conditions') }} as held
    union all
    select
        held.moment_key,
        held.condition_key
    from {{ ref('int_lead_scoring__history_conditions') }} as held
    where not coalesce(held.is_missed, false)
),

conditions_per_rule as (
    select
        rule_key,
        min(condition_key) as condition_key,
        count(*) as conditions
    from rule_conditions
    group by rule_key
),

-- most rules have one condition, and need no counting
rules_of_one_condition as (
    select * from conditions_per_rule
    where conditions = 1
),

rules_of_many_conditions as (
    select
        rule_conditions.rule_key,
        rule_conditions.condition_key,
        conditions_per_rule.conditions
    from rule_conditions
    inner join conditions_per_rule on rule_conditions.rule_key = conditions_per_rule.rule_key
    where conditions_per_rule.conditions > 1
),

final as (
    select
        held_conditions.moment_key,
        rules.rule_key
    from held_conditions
    inner join rules_of_one_condition as rules
        on held_conditions.condition_key = rules.condition_key
    union all
    select
        held_conditions.moment_key,
        rules.rule_key
    from held_conditions
    inner join rules_of_many_conditions as rules
        on held_conditions.condition_key = rules.condition_key
    group by held_conditions.moment_key, rules.rule_key, rules.conditions
    having count(*) = rules.conditions
)

select * from final
