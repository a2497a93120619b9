{%- set families = lead_scoring.families() -%}

with fit_scores as (
    select * from {{ ref('lead_fit_scores') }}
),

engagement_scores as (
    select * from {{ ref('lead_engagement_scores') }}
),

scores as (
    select * from {{ ref('scorecard_scores') }}
),

sums_of_families as (
    select
        lead_id,
        scorecard,
        as_of,
        'fit' as dimension,
        {{ families | join('_points + ') }}_points as points
    from fit_scores
    union all
    select
        lead_id,
        scorecard,
        as_of,
        'engagement' as dimension,
        {{ families | join('_points + ') }}_points + inactivity_points as points
    from engagement_scores
),

points_of_dimensions as (
    select
        lead_id,
        scorecard,
        as_of,
        'fit' as dimension,
        fit_points as points
    from scores
    union all
    select
        lead_id,
        scorecard,
        as_of,
        'engagement' as dimension,
        engagement_points as points
    from scores
),

final as (
    select
        points_of_dimensions.*,
        sums_of_families.points as points_of_families
    from points_of_dimensions
    left join sums_of_families
        on
            points_of_dimensions.lead_id = sums_of_families.lead_id
            and points_of_dimensions.scorecard = sums_of_families.scorecard
            and points_of_dimensions.as_of = sums_of_families.as_of
            and points_of_dimensions.dimension = sums_of_families.dimension
    where
        sums_of_families.points is null
        or sums_of_families.points <> points_of_dimensions.points
)

select * from final
