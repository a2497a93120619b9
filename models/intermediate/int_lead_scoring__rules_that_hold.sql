with rule_conditions as (
    select distinct
        rule_key,
        condition_key,
        event_type,
        within_days,
        operator,
        value,
        of
    from {{ ref('int_lead_scoring__rule_conditions') }}
    where rule_key is not null and of in ('lead', 'history')
),

history_conditions as (
    select distinct
        condition_key,
        event_type,
        within_days,
        operator,
        {{ lead_scoring.number_of('value') }} as wanted_count
    from rule_conditions
    where of = 'history'
),

event_counts as (
    select
        daily_counts.moment_key,
        history_conditions.condition_key,
        sum(daily_counts.events) as events
    from {{ ref('int_lead_scoring__daily_event_counts') }} as daily_counts
    inner join {{ ref('int_lead_scoring__event_combinations') }} as combinations
        on daily_counts.combination_key = combinations.combination_key
    inner join history_conditions
        on
            combinations.event_type = history_conditions.event_type
            and (
                history_conditions.within_days is null
                or daily_counts.age < history_conditions.within_days
            )
    group by daily_counts.moment_key, history_conditions.condition_key
),

-- only conditions that no event at all satisfies have to look at every moment
counts as (
    select * from event_counts
    union all
    select
        moments.moment_key,
        history_conditions.condition_key,
        0 as events
    from history_conditions
    cross join {{ ref('int_lead_scoring__moments') }} as moments
    left join event_counts
        on
            moments.moment_key = event_counts.moment_key
            and history_conditions.condition_key = event_counts.condition_key
    where
        event_counts.moment_key is null
        and (history_conditions.operator = 'lte' or history_conditions.wanted_count <= 0)
),

held_conditions as (
    select
        moment_key,
        condition_key
    from {{ ref('int_lead_scoring__lead_conditions') }}
    union all
    select
        counts.moment_key,
        counts.condition_key
    from counts
    inner join history_conditions on counts.condition_key = history_conditions.condition_key
    where
        case history_conditions.operator
            when 'equals' then counts.events = history_conditions.wanted_count
            when 'gte' then counts.events >= history_conditions.wanted_count
            when 'lte' then counts.events <= history_conditions.wanted_count
        end
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
