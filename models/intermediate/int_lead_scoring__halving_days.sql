{{ config(materialized='kept', meta={'scope': 'scores', 'replaces': 'moments'}) }}

with rules as (
    select * from {{ ref('int_lead_scoring__rules') }}
    where kind = 'engagement' and points <> 0
),

rule_days as (
    select
        days.*,
        rules.decay,
        rules.min_count,
        rules.within_days
    from {{ lead_scoring.rows_to_score(ref('int_lead_scoring__rule_days')) }} as days
    inner join rules on days.rule_key = rules.rule_key
),

-- no day before the first term's halving can be the sum's, none after the last term's need be
-- looked at
spans as (
    select
        rule_days.moment_key,
        rule_days.rule_key,
        min(least(
            coalesce(halving_spans.first_days, 3651),
            coalesce(rule_days.within_days - rule_days.age, 3651)
        )) as first_days,
        case
            -- some points never halve: nothing changes only after all curves have settled
            when
                max(case
                    when halving_spans.last_days is null and rule_days.within_days is null then 1
                    else 0
                end) = 1
                then max(coalesce(halving_spans.settled_days, 3650))
            else max(least(
                coalesce(halving_spans.last_days, 3650),
                coalesce(rule_days.within_days - rule_days.age, 3650)
            ))
        end as last_days
    from rule_days
    left join {{ ref('int_lead_scoring__halving_spans') }} as halving_spans
        on rule_days.decay = halving_spans.decay and rule_days.days_on_clock = halving_spans.age
    group by rule_days.moment_key, rule_days.rule_key
),

possible_days as (
    {{ lead_scoring.whole_numbers('spans', 'spans.first_days', 'spans.last_days', 'days_ahead') }}
),

terms_ahead as (
    select
        rule_days.*,
        cast(rule_days.counted_events * rule_days.points_per_event as decimal(20, 2))
            as points_before_decay,
        possible_days.days_ahead,
        case
            when
                rule_days.within_days is null
                or rule_days.age + possible_days.days_ahead < rule_days.within_days
                then rule_days.days_on_clock + possible_days.days_ahead
        end as days_on_clock_then
    from possible_days
    inner join rule_days
        on
            possible_days.moment_key = rule_days.moment_key
            and possible_days.rule_key = rule_days.rule_key
),

points_ahead as (
    select
        terms.moment_key,
        terms.rule_key,
        terms.days_ahead,
        sum(terms.points_before_decay * terms.factor) as points_today,
        case
            when
                sum(case when later.factor > 0 then terms.events else 0 end)
                >= max(terms.min_count)
                then sum(terms.points_before_decay * coalesce(later.factor, 0))
            else 0
        end as points_then
    from terms_ahead as terms
    left join {{ ref('int_lead_scoring__decay_factors') }} as later
        on terms.decay = later.decay and terms.days_on_clock_then = later.age
    group by terms.moment_key, terms.rule_key, terms.days_ahead
),

halving_days as (
    select
        moment_key,
        rule_key,
        min(days_ahead) as days_ahead
    from points_ahead
    where round(2 * abs(points_then) - abs(points_today), 6) <= 0
    group by moment_key, rule_key
)

select * from halving_days
