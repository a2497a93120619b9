{{ config(materialized='view') }}

-- The fit side of each score, by family; the engagement side is lead_engagement_scores (contract,
-- section 5).
with scores as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__scores')) }}
),

final as (
    select
        -- ids
        lead_id,
        scorecard,
        -- strings
        fit_grade,
        -- numerics
        {%- for family in lead_scoring.families() %}
        fit_{{ family }}_points as {{ family }}_points,
        {%- endfor %}
        fit_points,
        fit_unrounded,
        fit_score,
        fit_coverage,
        -- flags
        is_own_scorecard,
        is_disqualified,
        -- times
        as_of
    from scores
)

select * from final
