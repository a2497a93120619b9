{{ config(materialized='kept', meta={'scope': 'scores', 'replaces': 'moments'}) }}

with rules as (
    select * from {{ ref('int_lead_scoring__rules') }}
    where kind = 'engagement'
),

-- halving_spans are those of rules that give at least one point
spans_of_rules as (
    select
        rules.rule_key,
        halving_spans.age,
        case when abs(rules.points) >= 1 then halving_spans.first_days else 1 end as first_days,
        halving_spans.last_days,
        halving_spans.settled_days
    from rules
    inner join {{ ref('int_lead_scoring__halving_spans') }} as halving_spans
        on rules.decay = halving_spans.decay
),

-- no day before the first term's halving can be the sum's, none after the last term's need be
-- looked at
points_of_rules as (
    select
        days.moment_key,
        days.rule_key,
        sum(days.events) as events,
        sum(days.counted_events * days.points_per_event) as points_before_decay,
        sum(days.points) as points_after_decay,
        min(least(
            coalesce(spans_of_rules.first_days, 3651), coalesce(rules.within_days - days.age, 3651)
        )) as first_days,
        max(least(
            coalesce(spans_of_rules.last_days, 3650), coalesce(rules.within_days - days.age, 3650)
        )) as last_days,
        max(coalesce(spans_of_rules.settled_days, 3650)) as settled_days,
        count(coalesce(spans_of_rules.last_days, rules.within_days)) = count(*) as will_halve
    from {{ lead_scoring.rows_to_score(ref('int_lead_scoring__rule_days')) }} as days
    inner join rules on days.rule_key = rules.rule_key
    left join spans_of_rules
        on days.rule_key = spans_of_rules.rule_key and days.days_on_clock = spans_of_rules.age
    group by days.moment_key, days.rule_key
),

-- where some points never halve, nothing changes after all curves have settled; above 10,000
-- points the rounding of factors could count; no points are halved at once
bounds as (
    select
        *,
        case when points_before_decay = 0 then 1 else first_days end as search_from_days,
        case
            when points_before_decay = 0 then 1
            when not will_halve then settled_days
            when abs(points_before_decay) < 10000 then last_days
            else 3650
        end as search_until_days,
        will_halve or points_before_decay = 0 as is_bounded
    from points_of_rules
),

searches as (
    select
        *,
        not is_bounded or search_from_days <> search_until_days as is_search_needed
    from bounds
),

final as (
    select
        -- ids
        moment_key,
        rule_key,
        -- numerics
        cast(events as integer) as events,
        cast(points_before_decay as decimal(18, 4)) as points_before_decay,
        cast(points_after_decay as decimal(18, 4)) as points_after_decay,
        case when not is_search_needed then search_from_days end as half_points_in_days,
        case when is_search_needed then search_from_days end as search_from_days,
        case when is_search_needed then search_until_days end as search_until_days
    from searches
)

select * from final
