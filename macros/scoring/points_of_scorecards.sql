{#- A select of the points that each rule gives at each moment on each scorecard that scores it,
    before signals and limits: moment_key, signal_key, rule_key, place, is_first_only, is_limited,
    points.
    In: a relation in scope with the columns of numbered_rules, named scorecard_rules.
    Call: points_of_scorecards(). Out: a select statement. Scorecard and rule are joined as one
    number: engines then cannot start with every rule of every moment. -#}
{% macro points_of_scorecards() -%}
    with scorecards as (
        select distinct
            scorecard,
            first_scorecard_rule
        from scorecard_rules
    ),

    moment_scorecards as (
        select
            moment_scorecards.moment_key,
            scorecards.first_scorecard_rule
        from {{ lead_scoring.rows_to_score(ref('int_lead_scoring__moment_scorecards')) }}
            as moment_scorecards
        inner join scorecards on moment_scorecards.scorecard = scorecards.scorecard
    ),

    rule_points as (
        {{ lead_scoring.rule_points() }}
    )

    select
        rule_points.moment_key,
        scorecard_rules.signal_key,
        rule_points.rule_key,
        scorecard_rules.place,
        scorecard_rules.is_first_only,
        scorecard_rules.is_limited,
        rule_points.points
    from rule_points
    inner join moment_scorecards on rule_points.moment_key = moment_scorecards.moment_key
    inner join scorecard_rules
        on
            moment_scorecards.first_scorecard_rule + rule_points.rule_key
            = scorecard_rules.scorecard_rule
{%- endmacro %}
