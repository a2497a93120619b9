{{ config(materialized='kept', meta={
    'scope': 'scores',
    'replaces': 'scored_leads',
    'run_columns': {'as_of': 'int_lead_scoring__run_plan'},
}) }}

with scores as (
    select * from {{ lead_scoring.rows_to_score(ref('int_lead_scoring__scores')) }}
),

points_of_families as (
    {{ lead_scoring.points_of_families('fit') }}
),

final as (
    select
        -- ids
        moments.lead_id,
        scores.scorecard,
        -- strings
        scores.fit_grade,
        -- numerics
        {%- for family in lead_scoring.families() %}
        coalesce(points_of_families.{{ family }}_points, 0) as {{ family }}_points,
        {%- endfor %}
        scores.fit_points,
        scores.fit_unrounded,
        scores.fit_score,
        coverage.fit_coverage,
        -- flags
        scores.is_own_scorecard,
        scores.is_disqualified,
        -- times
        moments.as_of
    from scores
    inner join {{ ref('int_lead_scoring__moments') }} as moments
        on scores.moment_key = moments.moment_key and moments.is_current
    inner join {{ lead_scoring.rows_to_score(ref('int_lead_scoring__fit_coverage')) }} as coverage
        on scores.moment_key = coverage.moment_key and scores.scorecard = coverage.scorecard
    left join points_of_families
        on
            scores.moment_key = points_of_families.moment_key
            and scores.scorecard = points_of_families.scorecard
)

select * from final
