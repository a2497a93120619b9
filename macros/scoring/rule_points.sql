{#- A select of the points that each rule row gives at each moment where its conditions hold:
    moment_key, rule_key, points (contract, section 4: engagement rule, fit rule, inactivity).
    Signals, limits and scorecards come later.
    Call: rule_points(). Out: a select statement. -#}
{% macro rule_points() -%}
    with rules as (
        select * from {{ ref('int_lead_scoring__rules') }}
        where points is not null
    ),

    fit_rules as (
        select
            rule_key,
            cast(points as decimal(18, 4)) as points
        from rules
        where kind = 'fit'
    ),

    conditional_rules as (
        select distinct rules.rule_key
        from rules
        inner join {{ ref('int_lead_scoring__rule_conditions') }} as rule_conditions
            on rules.rule_key = rule_conditions.rule_key
        where rules.kind <> 'fit' and rule_conditions.of in ('lead', 'history')
    ),

    rules_that_hold as (
        select * from {{ lead_scoring.rows_to_score(ref('int_lead_scoring__rules_that_hold')) }}
    ),

    conditional_rules_that_hold as (
        select rules_that_hold.*
        from rules_that_hold
        inner join conditional_rules on rules_that_hold.rule_key = conditional_rules.rule_key
    ),

    inactivity_points as (
        select
            activity.moment_key,
            rules.rule_key,
            rules.points * least(
                coalesce(rules.max_times, 999999999),
                1 + coalesce(
                    cast(
                        floor(
                            cast(activity.gap - rules.after_days as double precision)
                            / rules.every_days
                        ) as integer
                    ),
                    0
                )
            ) as points
        from {{ lead_scoring.rows_to_score(ref('int_lead_scoring__activity')) }} as activity
        inner join rules on rules.kind = 'inactivity' and activity.gap >= rules.after_days
    ),

    points_by_events as (
        select
            moment_key,
            rule_key,
            points_after_decay as points
        from {{ lead_scoring.rows_to_score(ref('int_lead_scoring__decayed_points')) }}
            as decayed_points
        union all
        select
            moment_key,
            rule_key,
            cast(points as decimal(18, 4)) as points
        from inactivity_points
    )

    select
        rules_that_hold.moment_key,
        rules_that_hold.rule_key,
        fit_rules.points
    from rules_that_hold
    inner join fit_rules on rules_that_hold.rule_key = fit_rules.rule_key
    union all
    select
        points_by_events.moment_key,
        points_by_events.rule_key,
        points_by_events.points
    from points_by_events
    left join conditional_rules on points_by_events.rule_key = conditional_rules.rule_key
    left join conditional_rules_that_hold
        on
            points_by_events.moment_key = conditional_rules_that_hold.moment_key
            and points_by_events.rule_key = conditional_rules_that_hold.rule_key
    where
        conditional_rules.rule_key is null or conditional_rules_that_hold.rule_key is not null
{%- endmacro %}
