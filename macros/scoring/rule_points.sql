{#- A select of the points that each rule row gives at each moment where its conditions hold:
    moment_key, rule_key, points (contract, section 4: engagement rule, fit rule, inactivity).
    Signals, limits and scorecards come later.
    Call: rule_points(). Out: a select statement. -#}
{% macro rule_points() -%}
    with rules as (
        select * from {{ ref('int_lead_scoring__rules') }}
        where points is not null
    ),

    rules_that_hold as (
        select * from {{ lead_scoring.rows_to_score(ref('int_lead_scoring__rules_that_hold')) }}
    ),

    conditional_rules as (
        select distinct rule_key
        from {{ ref('int_lead_scoring__rule_conditions') }}
        where rule_key is not null and of in ('lead', 'history')
    ),

    engagement_points as (
        select
            moment_key,
            rule_key,
            sum(points) as points
        from {{ lead_scoring.rows_to_score(ref('int_lead_scoring__rule_days')) }}
        group by moment_key, rule_key
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
            points
        from engagement_points
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
        cast(rules.points as decimal(18, 4)) as points
    from rules_that_hold
    inner join rules on rules_that_hold.rule_key = rules.rule_key
    where rules.kind = 'fit'
    union all
    select
        points_by_events.moment_key,
        points_by_events.rule_key,
        points_by_events.points
    from points_by_events
    left join conditional_rules on points_by_events.rule_key = conditional_rules.rule_key
    left join rules_that_hold
        on
            points_by_events.moment_key = rules_that_hold.moment_key
            and points_by_events.rule_key = rules_that_hold.rule_key
    where conditional_rules.rule_key is null or rules_that_hold.rule_key is not null
{%- endmacro %}
