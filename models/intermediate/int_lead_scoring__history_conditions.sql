{{ config(materialized='kept', meta={'scope': 'scores', 'replaces': 'moments'}) }}

with history_conditions as (
    select distinct
        condition_key,
        event_type,
        within_days,
        operator,
        {{ lead_scoring.number_of('value') }} as wanted_count
    from {{ ref('int_lead_scoring__rule_conditions') }}
    where rule_key is not null and of = 'history'
),

event_counts as (
    select
        counting_events.moment_key,
        history_conditions.condition_key,
        sum(counting_events.events) as events
    from {{ ref('int_lead_scoring__counting_events') }} as counting_events
    inner join {{ ref('int_lead_scoring__event_combinations') }} as combinations
        on counting_events.combination_key = combinations.combination_key
    inner join history_conditions
        on
            combinations.event_type = history_conditions.event_type
            and (
                history_conditions.within_days is null
                or counting_events.age < history_conditions.within_days
            )
    group by counting_events.moment_key, history_conditions.condition_key
),

moments as (
    select * from {{ ref('int_lead_scoring__moments') }}
    where is_touched
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
    cross join moments
    left join event_counts
        on
            moments.moment_key = event_counts.moment_key
            and history_conditions.condition_key = event_counts.condition_key
    where
        event_counts.moment_key is null
        and (history_conditions.operator = 'lte' or history_conditions.wanted_count <= 0)
),

final as (
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
)

select * from final
