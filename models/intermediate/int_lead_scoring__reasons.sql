{{ config(materialized='kept', meta={'scope': 'scores', 'replaces': 'moments'}) }}

with scorecard_rules as (
    {{ lead_scoring.numbered_rules() }}
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

points_of_scorecards as (
    {{ lead_scoring.points_of_scorecards() }}
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
        {{ lead_scoring.value_of_least('rule_key', 'place') }} as rule_key,
        is_limited,
        {{ lead_scoring.value_of_least('points', 'place') }} as points
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
        null as rule_key,
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
