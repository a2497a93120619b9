{{ config(materialized='kept', meta={'scope': 'scores', 'replaces': 'moments'}) }}

with moment_scorecards as (
    select * from {{ lead_scoring.rows_to_score(ref('int_lead_scoring__moment_scorecards')) }}
),

scorecard_rules as (
    select * from {{ ref('int_lead_scoring__scorecard_rules') }}
),

signals as (
    select
        {{ lead_scoring.normalised('signal') }} as signal,
        coalesce({{ lead_scoring.normalised('matching') }}, 'sum') as matching,
        cast(coalesce(min_points, -99999999999999) as decimal(18, 4)) as min_points,
        cast(coalesce(max_points, 99999999999999) as decimal(18, 4)) as max_points
    from {{ ref('lead_scoring__signals') }}
),

rule_points as (
    {{ lead_scoring.rule_points() }}
),

points_by_scorecard as (
    select
        moment_scorecards.moment_key,
        moment_scorecards.scorecard,
        scorecard_rules.signal,
        scorecard_rules.rule_key,
        scorecard_rules.rule_id,
        scorecard_rules.priority,
        coalesce(signals.matching, 'sum') as matching,
        cast(rule_points.points as decimal(18, 4)) as points
    from rule_points
    inner join moment_scorecards on rule_points.moment_key = moment_scorecards.moment_key
    inner join scorecard_rules
        on
            rule_points.rule_key = scorecard_rules.rule_key
            and moment_scorecards.scorecard = scorecard_rules.scorecard
    left join signals on scorecard_rules.signal = signals.signal
),

first_of_signal as (
    select
        *,
        row_number() over (
            partition by moment_key, scorecard, signal order by priority, rule_id
        ) as place
    from points_by_scorecard
    where matching = 'first'
),

points_that_count as (
    select
        moment_key,
        scorecard,
        signal,
        rule_key,
        points
    from first_of_signal
    where place = 1
    union all
    select
        moment_key,
        scorecard,
        signal,
        rule_key,
        points
    from points_by_scorecard
    where matching <> 'first'
),

limits as (
    select
        points_that_count.moment_key,
        points_that_count.scorecard,
        points_that_count.signal,
        null as rule_key,
        cast(
            greatest(signals.min_points, least(signals.max_points, sum(points_that_count.points)))
            - sum(points_that_count.points) as decimal(18, 4)
        ) as points
    from points_that_count
    inner join signals on points_that_count.signal = signals.signal
    group by
        points_that_count.moment_key,
        points_that_count.scorecard,
        points_that_count.signal,
        signals.min_points,
        signals.max_points
),

-- rules that give 0 points stay: they count for lead_decay, and reasons in words leave them out
final as (
    select * from points_that_count
    union all
    select * from limits
    where points <> 0
)

select * from final
