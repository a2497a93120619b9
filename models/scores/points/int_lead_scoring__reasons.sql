-- Which rules moved each score, and by how much: points of rules, what signals keep of them, and
-- what limits take or give (contract, section 4: fit rule, inactivity, signal). A score is a sum
-- over this.
with rules as (
    select * from {{ ref('int_lead_scoring__rules') }}
    where points is not null
),

scorecard_rules as (
    select * from {{ ref('int_lead_scoring__scorecard_rules') }}
    where kind not in ('buying_role', 'routing')
),

scorecards as (
    select distinct
        scorecard,
        first_scorecard_rule
    from scorecard_rules
),

signals_of_scorecards as (
    select distinct
        signal_key,
        scorecard,
        signal,
        min_points,
        max_points
    from scorecard_rules
),

moment_scorecards as (
    select
        moment_scorecards.moment_key,
        scorecards.first_scorecard_rule
    from {{ ref('int_lead_scoring__moment_scorecards') }} as moment_scorecards
    inner join scorecards on moment_scorecards.scorecard = scorecards.scorecard
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
    where rules.kind <> 'fit' and rule_conditions.of in ('lead', 'history')
),

inactivity_points as (
    select
        activity.moment_key,
        rules.rule_key,
        cast(
            rules.points * least(
                coalesce(rules.max_times, 999999999),
                1 + coalesce(
                    cast(
                        floor(
                            (activity.gap - rules.after_days)
                            / cast(rules.every_days as {{ lead_scoring.type_name('double') }})
                        ) as integer
                    ),
                    0
                )
            ) as decimal(18, 4)
        ) as points
    from {{ ref('int_lead_scoring__activity') }} as activity
    inner join rules on rules.kind = 'inactivity' and activity.gap >= rules.after_days
),

points_of_behaviour as (
    select
        moment_key,
        rule_key,
        points_after_decay as points
    from {{ ref('int_lead_scoring__engagement_points') }}
    union all
    select * from inactivity_points
),

points_of_rules as (
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
),

-- scorecard and rule are joined as one number: engines then cannot start with every rule of every
-- moment
points_of_scorecards as (
    select
        points_of_rules.moment_key,
        scorecard_rules.signal_key,
        points_of_rules.rule_key,
        scorecard_rules.place,
        scorecard_rules.is_first_only,
        scorecard_rules.is_limited,
        points_of_rules.points
    from points_of_rules
    inner join moment_scorecards on points_of_rules.moment_key = moment_scorecards.moment_key
    inner join scorecard_rules
        on
            moment_scorecards.first_scorecard_rule + points_of_rules.rule_key
            = scorecard_rules.scorecard_rule
),

points_that_count as (
    select
        moment_key,
        signal_key,
        rule_key,
        is_limited,
        points
    from points_of_scorecards
    where not is_first_only
    union all
    select
        moment_key,
        signal_key,
        {{ lead_scoring.value_of_least('rule_key', 'place', 'bigint') }} as rule_key,
        is_limited,
        {{ lead_scoring.value_of_least('points', 'place', 'decimal(18, 4)') }} as points
    from points_of_scorecards
    where is_first_only
    group by moment_key, signal_key, is_limited
),

limited_points as (
    select
        moment_key,
        signal_key,
        sum(points) as points
    from points_that_count
    where is_limited
    group by moment_key, signal_key
),

limits as (
    select
        limited_points.moment_key,
        limited_points.signal_key,
        cast(null as bigint) as rule_key,
        cast(
            greatest(signals.min_points, least(signals.max_points, limited_points.points))
            - limited_points.points as decimal(18, 4)
        ) as points
    from limited_points
    inner join signals_of_scorecards as signals on limited_points.signal_key = signals.signal_key
    where
        limited_points.points < signals.min_points or limited_points.points > signals.max_points
),

reasons as (
    select
        moment_key,
        signal_key,
        rule_key,
        points
    from points_that_count
    union all
    select * from limits
),

-- rules that give 0 points stay: they count for lead_decay, and reasons in words leave them out
final as (
    select
        reasons.moment_key,
        signals.scorecard,
        signals.signal,
        reasons.rule_key,
        cast(reasons.points as decimal(18, 4)) as points
    from reasons
    inner join signals_of_scorecards as signals on reasons.signal_key = signals.signal_key
)

select * from final
