{#- A select of the first of some days ahead on which a rule's points are at most half of today's:
    moment_key, rule_key, days_ahead (contract, section 5: lead_decay). No row where none is.
    In: a relation with moment_key, rule_key and days_ahead. In scope: rule_days (the days of events
    that count, with points_before_decay) and factors_of_rules.
    Call: first_halved_days('days_to_try'). Out: a select statement. -#}
{% macro first_halved_days(relation) -%}
    with terms_ahead as (
        select
            days_to_try.moment_key,
            days_to_try.rule_key,
            days_to_try.days_ahead,
            rule_days.events,
            rule_days.points_before_decay,
            rule_days.factor,
            rule_days.min_count,
            case
                when
                    rule_days.within_days is null
                    or rule_days.age + days_to_try.days_ahead < rule_days.within_days
                    then rule_days.days_on_clock + days_to_try.days_ahead
            end as days_on_clock_then
        from {{ relation }} as days_to_try
        inner join rule_days
            on
                days_to_try.moment_key = rule_days.moment_key
                and days_to_try.rule_key = rule_days.rule_key
    ),

    points_ahead as (
        -- the days of one rule all have its sign; sums count to six decimals
        select
            terms.moment_key,
            terms.rule_key,
            terms.days_ahead,
            sum(
                abs(terms.points_before_decay) * (2 * coalesce(later.factor, 0) - terms.factor)
            ) as twice_then_less_today,
            sum(case when later.factor > 0 then terms.events else 0 end) as events_then,
            max(terms.min_count) as min_count
        from terms_ahead as terms
        left join factors_of_rules as later
            on terms.rule_key = later.rule_key and terms.days_on_clock_then = later.age
        group by terms.moment_key, terms.rule_key, terms.days_ahead
    )

    select
        moment_key,
        rule_key,
        min(days_ahead) as days_ahead
    from points_ahead
    where events_then < min_count or twice_then_less_today < 0.0000005
    group by moment_key, rule_key
{%- endmacro %}
