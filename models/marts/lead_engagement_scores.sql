{{ config(materialized='kept', meta={
    'scope': 'scores',
    'replaces': 'scored_leads',
    'run_columns': {'as_of': 'int_lead_scoring__run_plan'},
}) }}

with scores as (
    select * from {{ lead_scoring.rows_to_score(ref('int_lead_scoring__scores')) }}
),

points_of_families as (
    {{ lead_scoring.points_of_families('engagement') }}
),

final as (
    select
        -- ids
        moments.lead_id,
        scores.scorecard,
        -- strings
        scores.engagement_grade,
        -- numerics
        {%- for family in lead_scoring.families() %}
        coalesce(points_of_families.{{ family }}_points, 0) as {{ family }}_points,
        {%- endfor %}
        coalesce(points_of_families.inactivity_points, 0) as inactivity_points,
        scores.engagement_points,
        scores.engagement_unrounded,
        scores.engagement_score,
        -- flags
        scores.is_own_scorecard,
        -- times
        activity.last_activity_at,
        moments.as_of
    from scores
    inner join {{ ref('int_lead_scoring__moments') }} as moments
        on scores.moment_key = moments.moment_key and moments.is_current
    inner join {{ ref('int_lead_scoring__activity') }} as activity
        on scores.moment_key = activity.moment_key
    left join points_of_families
        on
            scores.moment_key = points_of_families.moment_key
            and scores.scorecard = points_of_families.scorecard
)

select * from final
