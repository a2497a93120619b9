-- Which conditions on the number of events in the last days hold at each moment, and which are
-- missed though there are such events (contract, section 3: further conditions).
with history_conditions as (
    select distinct
        condition_key,
        event_type,
        within_days,
        operator,
        {{ lead_scoring.number_of('value') }} as wanted_count
    from {{ ref('int_lead_scoring__rule_conditions') }}
    where rule_key is not null and subject = 'history'
),

event_types_of_conditions as (
    {{ lead_scoring.split_rows('history_conditions', 'event_type', '|', 'named_event_type') }}
),

-- a condition may name a type twice
conditions_of_contents as (
    select distinct
        contents.content_key,
        conditions.condition_key,
        coalesce(conditions.within_days, 999999999) as within_days
    from {{ ref('stg_lead_scoring__event_contents') }} as contents
    inner join event_types_of_conditions as conditions
        on contents.event_type = {{ lead_scoring.trimmed('conditions.named_event_type') }}
),

event_counts as (
    select
        events.moment_key,
        conditions_of_contents.condition_key,
        count(*) as events
    from {{ ref('int_lead_scoring__counting_events') }} as events
    inner join conditions_of_contents
        on
            events.content_key = conditions_of_contents.content_key
            and events.age < conditions_of_contents.within_days
    where events.is_scored
    group by events.moment_key, conditions_of_contents.condition_key
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
        and moments.is_scored
        and (history_conditions.operator = 'lte' or history_conditions.wanted_count <= 0)
),

final as (
    select
        counts.moment_key,
        counts.condition_key,
        cast(counts.events as integer) as events,
        case history_conditions.operator
            when 'equals' then counts.events <> history_conditions.wanted_count
            when 'gte' then counts.events < history_conditions.wanted_count
            when 'lte' then counts.events > history_conditions.wanted_count
        end as is_missed
    from counts
    inner join history_conditions on counts.condition_key = history_conditions.condition_key
)

select * from final
