{{ config(materialized='view') }}

-- How each scorecard sees each lead, challengers too (contract, section 5).
with scores as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__scores')) }}
),

final as (
    select
        -- ids
        lead_id,
        scorecard,
        -- strings
        scorecard_status,
        segment,
        stage,
        temperature,
        fit_grade,
        engagement_grade,
        fit_grade || engagement_grade as grade,
        rules_fingerprint,
        rules_commit,
        -- numerics
        fit_points,
        engagement_points,
        fit_unrounded,
        engagement_unrounded,
        fit_score,
        engagement_score,
        total_score,
        -- flags
        is_own_scorecard,
        is_disqualified,
        -- times
        as_of
    from scores
)

select * from final
