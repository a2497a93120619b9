with reasons as (
    select * from {{ ref('score_reasons') }}
    where signal is not null
),

signals as (
    select
        {{ lead_scoring.normalised('signal') }} as signal,
        {{ lead_scoring.normalised('matching') }} as matching,
        min_points,
        max_points
    from {{ ref('lead_scoring__signals') }}
),

points_of_signals as (
    select
        lead_id,
        scorecard,
        as_of,
        signal,
        sum(points) as points,
        sum(case when rule_id = signal || ':limit' then 0 else 1 end) as rules
    from reasons
    group by lead_id, scorecard, as_of, signal
),

final as (
    select
        points_of_signals.*,
        signals.matching,
        signals.min_points,
        signals.max_points
    from points_of_signals
    left join signals on points_of_signals.signal = signals.signal
    where
        signals.signal is null
        or points_of_signals.points < signals.min_points
        or points_of_signals.points > signals.max_points
        or (signals.matching = 'first' and points_of_signals.rules > 1)
)

select * from final
