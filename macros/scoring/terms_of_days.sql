{#- A select of the points that so many events give a rule on a day of its clock: each different
    term is computed once and rounded to four decimals (contract, section 4).
    In: relations of awards (rule_key, days_on_clock, counted_events), of rules, and of the factors
    of rules. Call: terms_of_days('awards', 'rules', 'rule_factors'). Out: a select statement. -#}
{% macro terms_of_days(awards, rules, rule_factors) -%}
    with different_terms as (
        select distinct
            rule_key,
            days_on_clock,
            counted_events
        from {{ awards }}
    )

    select
        different_terms.rule_key,
        different_terms.days_on_clock,
        different_terms.counted_events,
        rules.points as points_per_event,
        rule_factors.factor,
        {{ lead_scoring.rounded_decimal(
            'cast(different_terms.counted_events * rules.points as decimal(20, 2))'
            ~ ' * rule_factors.factor', 4
        ) }} as points
    from different_terms
    inner join {{ rules }} as rules on different_terms.rule_key = rules.rule_key
    inner join {{ rule_factors }} as rule_factors
        on
            different_terms.rule_key = rule_factors.rule_key
            and different_terms.days_on_clock = rule_factors.days_on_clock
{%- endmacro %}
