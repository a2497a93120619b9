{#- A select of the rules of scorecards with whole numbers in place of names, so that what is
    grouped by them is narrow: scorecard, signal, rule_key, first_scorecard_rule (a number of the
    scorecard) and scorecard_rule (of scorecard and rule: first_scorecard_rule + rule_key),
    signal_key (of scorecard and signal), place (of the rule in its signal, by priority),
    is_first_only, is_limited, min_points, max_points.
    Call: numbered_rules(). Out: a select statement. -#}
{% macro numbered_rules() -%}
    with signals as (
        select
            {{ lead_scoring.normalised('signal') }} as signal,
            {{ lead_scoring.normalised('matching') }} = 'first' as is_first_only,
            cast(coalesce(min_points, -99999999999999) as decimal(18, 4)) as min_points,
            cast(coalesce(max_points, 99999999999999) as decimal(18, 4)) as max_points,
            min_points is not null or max_points is not null as is_limited
        from {{ ref('lead_scoring__signals') }}
    ),

    numbered_rules as (
        select
            scorecard_rules.*,
            dense_rank() over (order by scorecard_rules.scorecard) * rule_counts.rules
                as first_scorecard_rule
        from {{ ref('int_lead_scoring__scorecard_rules') }} as scorecard_rules
        cross join (
            select max(rule_key) + 1 as rules from {{ ref('int_lead_scoring__rules') }}
        ) as rule_counts
    )

    select
        numbered_rules.scorecard,
        numbered_rules.signal,
        numbered_rules.rule_key,
        numbered_rules.first_scorecard_rule,
        numbered_rules.first_scorecard_rule + numbered_rules.rule_key as scorecard_rule,
        dense_rank() over (order by numbered_rules.scorecard, numbered_rules.signal)
            as signal_key,
        row_number() over (
            partition by numbered_rules.scorecard, numbered_rules.signal
            order by numbered_rules.priority, numbered_rules.rule_id
        ) as place,
        coalesce(signals.is_first_only, false) as is_first_only,
        coalesce(signals.is_limited, false) as is_limited,
        signals.min_points,
        signals.max_points
    from numbered_rules
    left join signals on numbered_rules.signal = signals.signal
{%- endmacro %}
