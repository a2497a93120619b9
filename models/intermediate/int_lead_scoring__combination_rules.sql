with combinations as (
    select * from {{ ref('int_lead_scoring__event_combinations') }}
),

engagement_rules as (
    select * from {{ ref('int_lead_scoring__rules') }}
    where kind = 'engagement'
),

event_conditions as (
    select * from {{ ref('int_lead_scoring__rule_conditions') }}
    where of = 'event'
),

combination_values as (
    {{ lead_scoring.unpivoted('combinations', 'combination_key', lead_scoring.event_columns()) }}
),

distinct_values as (
    select distinct
        'event' as of,
        attribute,
        value
    from combination_values
),

satisfied_conditions as (
    {{ lead_scoring.satisfied_conditions('distinct_values') }}
),

present_or_satisfied as (
    select
        combination_values.combination_key,
        satisfied_conditions.condition_key,
        satisfied_conditions.operator,
        satisfied_conditions.holds_from,
        satisfied_conditions.holds_until
    from combination_values
    inner join satisfied_conditions
        on
            combination_values.attribute = satisfied_conditions.attribute
            and combination_values.value = satisfied_conditions.value
),

candidates as (
    select
        engagement_rules.rule_key,
        combinations.combination_key,
        event_conditions.condition_key,
        event_conditions.operator
    from engagement_rules
    inner join combinations on engagement_rules.event_type = combinations.event_type
    left join event_conditions on engagement_rules.rule_key = event_conditions.rule_key
),

days_on_which_rules_hold as (
    select
        -- ids
        candidates.rule_key,
        candidates.combination_key,
        -- times
        max(coalesce(satisfied.holds_from, cast('0001-01-01' as date))) as holds_from,
        min(coalesce(satisfied.holds_until, cast('9999-12-31' as date))) as holds_until
    from candidates
    left join present_or_satisfied as satisfied
        on
            candidates.combination_key = satisfied.combination_key
            and candidates.condition_key = satisfied.condition_key
    group by candidates.rule_key, candidates.combination_key
    having
        min(
            case
                when candidates.condition_key is null then 1
                when candidates.operator = 'is_empty'
                    then case when satisfied.condition_key is null then 1 else 0 end
                when satisfied.condition_key is not null then 1
                else 0
            end
        ) = 1
),

final as (
    select * from days_on_which_rules_hold
    where holds_from < holds_until
)

select * from final
