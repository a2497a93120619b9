with scores as (
    select * from {{ ref('scorecard_scores') }}
),

reasons as (
    select * from {{ ref('score_reasons') }}
),

sums_of_reasons as (
    select
        lead_id,
        scorecard,
        as_of,
        sum(case when dimension = 'fit' then points else 0 end) as fit_points,
        sum(case when dimension = 'engagement' then points else 0 end) as engagement_points
    from reasons
    group by lead_id, scorecard, as_of
),

final as (
    select
        coalesce(scores.lead_id, sums_of_reasons.lead_id) as lead_id,
        coalesce(scores.scorecard, sums_of_reasons.scorecard) as scorecard,
        coalesce(scores.as_of, sums_of_reasons.as_of) as as_of,
        scores.fit_points,
        sums_of_reasons.fit_points as fit_reasons,
        scores.engagement_points,
        sums_of_reasons.engagement_points as engagement_reasons
    from scores
    full outer join sums_of_reasons
        on
            scores.lead_id = sums_of_reasons.lead_id
            and scores.scorecard = sums_of_reasons.scorecard
            and scores.as_of = sums_of_reasons.as_of
    where
        scores.lead_id is null
        or scores.fit_points <> coalesce(sums_of_reasons.fit_points, 0)
        or scores.engagement_points <> coalesce(sums_of_reasons.engagement_points, 0)
)

select * from final
