{{ config(materialized='kept', meta={'scope': 'scores', 'replaces': 'moments'}) }}

with signals as (
    select
        {{ lead_scoring.normalised('signal') }} as signal,
        {{ lead_scoring.normalised('matching') }} = 'first' as is_first_only,
        cast(coalesce(min_points, -99999999999999) as decimal(18, 4)) as min_points,
        cast(coalesce(max_points, 99999999999999) as decimal(18, 4)) as max_points,
        min_points is not null or max_points is not null as is_limited
    from {{ ref('lead_scoring__signals') }}
),

-- numbers in place of names: what is grouped below is narrow
scorecard_rules as (
    select
        scorecard_rules.scorecard,
        scorecard_rules.signal,
        scorecard_rules.rule_key,
        dense_rank() over (order by scorecard_rules.scorecard) as scorecard_key,
        dense_rank() over (order by scorecard_rules.scorecard, scorecard_rules.signal)
            as signal_key,
        row_number() over (
            partition by scorecard_rules.scorecard, scorecard_rules.signal
            order by scorecard_rules.priority, scorecard_rules.rule_id
        ) as place,
        coalesce(signals.is_first_only, false) as is_first_only,
        coalesce(signals.is_limited, false) as is_limited,
        signals.min_points,
        signals.max_points
    from {{ ref('int_lead_scoring__scorecard_rules') }} as scorecard_rules
    left join signals on scorecard_rules.signal = signals.signal
),

scorecards as (
    select distinct
        scorecard,
        scorecard_key
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
        scorecards.scorecard_key
    from {{ lead_scoring.rows_to_score(ref('int_lead_scoring__moment_scorecards')) }}
        as moment_scorecards
    inner join scorecards on moment_scorecards.scorecard = scorecards.scorecard
),

rule_points as (
    {{ lead_scoring.rule_points() }}
),

points_of_scorecards as (
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
            moment_scorecards.scorecard_key = scorecard_rules.scorecard_key
            and rule_points.rule_key = scorecard_rules.rule_key
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
