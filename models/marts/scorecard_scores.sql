{{ config(materialized='view') }}

with scores as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__scores')) }}
),

moments as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__moments')) }}
),

rules_fingerprint as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__rules_fingerprint')) }}
),

final as (
    select
        -- ids
        moments.lead_id,
        scores.scorecard,
        -- strings
        scores.scorecard_status,
        scores.segment,
        scores.stage,
        scores.temperature,
        scores.fit_grade,
        scores.engagement_grade,
        scores.fit_grade || scores.engagement_grade as grade,
        rules_fingerprint.rules_fingerprint,
        rules_fingerprint.rules_commit,
        -- numerics
        scores.fit_points,
        scores.engagement_points,
        scores.fit_unrounded,
        scores.engagement_unrounded,
        scores.fit_score,
        scores.engagement_score,
        scores.total_score,
        -- flags
        scores.is_own_scorecard,
        scores.is_disqualified,
        -- times
        moments.as_of
    from scores
    inner join moments on scores.moment_key = moments.moment_key
    cross join rules_fingerprint
)

select * from final
