-- Recomputed by multiplication, where the models divide: 0.0000005 is half of the sixth decimal.
with scores as (
    select * from {{ ref('scorecard_scores') }}
),

scorecards as (
    select * from {{ ref('lead_scoring__scorecards') }}
),

final as (
    select
        scores.lead_id,
        scores.scorecard,
        scores.as_of,
        scores.fit_points,
        scores.fit_unrounded,
        scores.fit_score,
        scores.engagement_points,
        scores.engagement_unrounded,
        scores.engagement_score,
        scores.total_score
    from scores
    inner join scorecards
        on scores.scorecard = {{ lead_scoring.normalised('scorecards.scorecard') }}
    where
        {%- for dimension in ['fit', 'engagement'] %}
        {%- set points = 'scores.' ~ dimension ~ '_points' %}
        {%- set points_for_100 = 'scorecards.' ~ dimension ~ '_points_for_100' %}
        abs(
            least(greatest({{ points }}, 0), {{ points_for_100 }}) * 100
            - scores.{{ dimension }}_unrounded * {{ points_for_100 }}
        ) > 0.0000005 * {{ points_for_100 }}
        or scores.{{ dimension }}_score <> floor(scores.{{ dimension }}_unrounded + 0.5)
        or
        {%- endfor %}
        scores.total_score <> floor(
            scorecards.fit_weight * scores.fit_unrounded
            + (1 - scorecards.fit_weight) * scores.engagement_unrounded
            + 0.5
        )
)

select * from final
