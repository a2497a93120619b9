{#- A select of the rules that apply at moments, and what each gives before its signal looks at it:
    moment_key, rule_key and points (contract, section 4: fit rule, engagement rule, inactivity).
    Call: points_of_rules(). Out: a select statement. -#}
{% macro points_of_rules() -%}
    with rules as (
        select * from {{ ref('int_lead_scoring__rules') }}
        where points is not null
    ),

    rules_that_hold as (
        select
            held.moment_key,
            held.rule_key,
            rules.kind,
            rules.points
        from {{ ref('int_lead_scoring__rules_that_hold') }} as held
        inner join rules on held.rule_key = rules.rule_key
    ),

    -- rules on events and on silence whose further conditions about leads or history have to hold
    conditional_rules as (
        select distinct rules.rule_key
        from rules
        inner join {{ ref('int_lead_scoring__rule_conditions') }} as rule_conditions
            on rules.rule_key = rule_conditions.rule_key
        where rules.kind <> 'fit' and rule_conditions.subject in ('lead', 'history')
    ),

    inactivity_points as (
        select
            activity.moment_key,
            rules.rule_key,
            {{ lead_scoring.penalty('activity.gap') }} as points
        from {{ ref('int_lead_scoring__activity') }} as activity
        inner join rules on rules.kind = 'inactivity' and activity.gap >= rules.after_days
    ),

    points_of_behaviour as (
        select
            moment_key,
            rule_key,
            points_after_decay as points
        from {{ ref('int_lead_scoring__engagement_points') }}
        where not coalesce(is_idle, false)
        union all
        select * from inactivity_points
    )

    select
        moment_key,
        rule_key,
        cast(points as decimal(18, 4)) as points
    from rules_that_hold
    where kind = 'fit'
    union all
    select
        points_of_behaviour.moment_key,
        points_of_behaviour.rule_key,
        points_of_behaviour.points
    from points_of_behaviour
    left join conditional_rules on points_of_behaviour.rule_key = conditional_rules.rule_key
    left join rules_that_hold
        on
            case
                when conditional_rules.rule_key is not null then points_of_behaviour.moment_key
            end = rules_that_hold.moment_key
            and points_of_behaviour.rule_key = rules_that_hold.rule_key
    where conditional_rules.rule_key is null or rules_that_hold.rule_key is not null
{%- endmacro %}
