{#- A select of the days for which rules award points, and of how many events (contract, section 4:
    engagement rule): the columns of the days, and counted_events.
    In: relations of unexpired days (moment_key, rule_key, age, days_on_clock, events) and of rules.
    Call: awarded_days('unexpired_days', 'rules'). Out: a select statement. -#}
{% macro awarded_days(days, rules) -%}
    {#- only these awards and counts look at more than one day -#}
    with totals as (
        select
            days.moment_key,
            days.rule_key,
            sum(days.events) as events,
            min(days.age) as latest_age
        from {{ days }} as days
        inner join {{ rules }} as rules on days.rule_key = rules.rule_key
        where rules.award = 'once' or rules.min_count > 1
        group by days.moment_key, days.rule_key
    )

    select
        days.moment_key,
        days.rule_key,
        days.age,
        days.days_on_clock,
        days.events,
        cast(least(days.events, coalesce(rules.max_per_day, days.events)) as integer)
            as counted_events
    from {{ days }} as days
    inner join {{ rules }} as rules on days.rule_key = rules.rule_key
    where rules.award = 'each' and rules.min_count <= 1
    union all
    select
        days.moment_key,
        days.rule_key,
        days.age,
        days.days_on_clock,
        days.events,
        cast(case
            when rules.award = 'each'
                then least(days.events, coalesce(rules.max_per_day, days.events))
            when days.age = totals.latest_age then 1
            else 0
        end as integer) as counted_events
    from {{ days }} as days
    inner join {{ rules }} as rules on days.rule_key = rules.rule_key
    inner join totals on days.moment_key = totals.moment_key and days.rule_key = totals.rule_key
    where (rules.award = 'once' or rules.min_count > 1) and totals.events >= rules.min_count
{%- endmacro %}
