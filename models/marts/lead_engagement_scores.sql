{{ config(materialized='view') }}

with scores as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__scores')) }}
),

moments as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__moments')) }}
),

activity as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__activity')) }}
),

final as (
    select
        -- ids
        moments.lead_id,
        scores.scorecard,
        -- strings
        scores.engagement_grade,
        -- numerics
        {%- for family in lead_scoring.families() + ['inactivity'] %}
        scores.engagement_{{ family }}_points as {{ family }}_points,
        {%- endfor %}
        scores.engagement_points,
        scores.engagement_unrounded,
        scores.engagement_score,
        -- flags
        scores.is_own_scorecard,
        -- times
        activity.last_activity_at,
        moments.as_of
    from scores
    inner join moments on scores.moment_key = moments.moment_key
    inner join activity on scores.moment_key = activity.moment_key
)

select * from final
