with scorecard_scores as (
    select * from {{ ref('scorecard_scores') }}
),

fit_scores as (
    select * from {{ ref('lead_fit_scores') }}
),

engagement_scores as (
    select * from {{ ref('lead_engagement_scores') }}
),

final as (
    select
        scorecard_scores.lead_id,
        scorecard_scores.scorecard
    from scorecard_scores
    left join fit_scores
        on
            scorecard_scores.lead_id = fit_scores.lead_id
            and scorecard_scores.scorecard = fit_scores.scorecard
            and scorecard_scores.as_of = fit_scores.as_of
    left join engagement_scores
        on
            scorecard_scores.lead_id = engagement_scores.lead_id
            and scorecard_scores.scorecard = engagement_scores.scorecard
            and scorecard_scores.as_of = engagement_scores.as_of
    where
        scorecard_scores.fit_score is distinct from fit_scores.fit_score
        or scorecard_scores.fit_points is distinct from fit_scores.fit_points
        or scorecard_scores.fit_grade is distinct from fit_scores.fit_grade
        or scorecard_scores.engagement_score is distinct from engagement_scores.engagement_score
        or scorecard_scores.engagement_points is distinct from engagement_scores.engagement_points
        or scorecard_scores.engagement_grade is distinct from engagement_scores.engagement_grade
)

select * from final
