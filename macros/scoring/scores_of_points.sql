{#- A select of a relation with its scores: fit_unrounded, engagement_unrounded, fit_score,
    engagement_score and total_score (contract, section 4: scores). Whole numbers are divided, so
    that a tie is a tie on every engine.
    In: a relation with fit_points, fit_points_for_100, engagement_points, engagement_points_for_100
    and fit_weight. Call: scores_of_points('points_of_scorecards'). Out: a select statement. -#}
{% macro scores_of_points(relation) -%}
    {%- set weighted = 'fit_weight * fit_unrounded + (1 - fit_weight) * engagement_unrounded' -%}
    with unrounded_scores as (
        select
            {%- for dimension in ['fit', 'engagement'] %}
            case
                when {{ dimension }}_points <= 0 then cast(0 as decimal(9, 6))
                when {{ dimension }}_points >= {{ dimension }}_points_for_100
                    then cast(100 as decimal(9, 6))
                else cast(
                    cast(
                        {{ lead_scoring.divided_half_up(
                            'cast(' ~ dimension ~ '_points * 10000 as decimal(22, 0)) * 1000000',
                            'cast(' ~ dimension ~ '_points_for_100 * 100 as decimal(14, 0))'
                        ) }} as decimal(18, 0)
                    ) * cast(0.000001 as decimal(7, 6)) as decimal(9, 6)
                )
            end as {{ dimension }}_unrounded,
            {%- endfor %}
            *
        from {{ relation }}
    )

    select
        *,
        cast(round(fit_unrounded, 0) as integer) as fit_score,
        cast(round(engagement_unrounded, 0) as integer) as engagement_score,
        cast(round({{ weighted }}, 0) as integer) as total_score
    from unrounded_scores
{%- endmacro %}
