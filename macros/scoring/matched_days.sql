{#- A select of how many counting events each rule matches on each day of a moment that this run
    scores: moment_key, rule_key, age, events. Rules whose conditions hold on some days of as_of
    only are looked at apart: where there are none, that costs nothing.
    In: a relation with rule_key and reach (in days). Call: matched_days('rule_reaches').
    Out: a select statement. -#}
{% macro matched_days(rule_reaches) -%}
    with combination_rules as (
        select
            combination_rules.*,
            rule_reaches.reach,
            combination_rules.holds_from <= cast('0001-01-01' as date)
            and combination_rules.holds_until >= cast('9999-12-31' as date) as holds_always
        from {{ ref('int_lead_scoring__combination_rules') }} as combination_rules
        inner join {{ rule_reaches }} as rule_reaches
            on combination_rules.rule_key = rule_reaches.rule_key
    ),

    matches as (
        select
            counting_events.moment_key,
            combination_rules.rule_key,
            counting_events.age,
            counting_events.events
        from {{ ref('int_lead_scoring__counting_events') }} as counting_events
        inner join combination_rules
            on
                counting_events.combination_key = combination_rules.combination_key
                and counting_events.age < combination_rules.reach
                and combination_rules.holds_always
        union all
        select
            counting_events.moment_key,
            combination_rules.rule_key,
            counting_events.age,
            counting_events.events
        from {{ ref('int_lead_scoring__counting_events') }} as counting_events
        inner join combination_rules
            on
                counting_events.combination_key = combination_rules.combination_key
                and counting_events.age < combination_rules.reach
                and not combination_rules.holds_always
        inner join {{ ref('int_lead_scoring__moments') }} as moments
            on
                counting_events.moment_key = moments.moment_key
                and combination_rules.holds_from <= moments.as_of_day
                and combination_rules.holds_until > moments.as_of_day
    )

    select
        moment_key,
        rule_key,
        age,
        sum(events) as events
    from matches
    group by moment_key, rule_key, age
{%- endmacro %}
