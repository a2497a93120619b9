{{ config(materialized='view') }}

-- The engagement side of each score, by family; the fit side is lead_fit_scores (contract,
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
        engagement_grade,
        -- numerics
        {%- for family in lead_scoring.families() + ['inactivity'] %}
        engagement_{{ family }}_points as {{ family }}_points,
        {%- endfor %}
        engagement_points,
        engagement_unrounded,
        engagement_score,
        -- flags
        is_own_scorecard,
        -- times
        last_activity_at,
        as_of
    from scores
)

select * from final
