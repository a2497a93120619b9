{{ config(materialized='view') }}

with scores as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__scores')) }}
),

moments as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__moments')) }}
),

coverage as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__fit_coverage')) }}
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
        scores.fit_{{ family }}_points as {{ family }}_points,
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
    inner join moments on scores.moment_key = moments.moment_key
    inner join coverage
        on scores.moment_key = coverage.moment_key and scores.scorecard = coverage.scorecard
)

select * from final
