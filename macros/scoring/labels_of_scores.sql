{#- A select of the labels of each combination of scores that occurs: scorecard, total_score,
    fit_score, engagement_score, stage, temperature, fit_grade, engagement_grade; in each ladder the
    highest-ranked label whose minimums are all met (contract, section 4: labels).
    In: a relation with scorecard and the three rounded scores.
    Call: labels_of_scores('rounded_scores'). Out: a select statement. -#}
{% macro labels_of_scores(relation) -%}
    with distinct_scores as (
        select
            scorecard,
            total_score,
            fit_score,
            engagement_score
        from {{ relation }}
        group by scorecard, total_score, fit_score, engagement_score
    ),

    labels_met as (
        select
            scores.scorecard,
            scores.total_score,
            scores.fit_score,
            scores.engagement_score,
            labels.ladder,
            labels.label,
            row_number() over (
                partition by
                    scores.scorecard,
                    scores.total_score,
                    scores.fit_score,
                    scores.engagement_score,
                    labels.ladder
                order by labels.label_rank desc, labels.label desc
            ) as place
        from distinct_scores as scores
        inner join {{ ref('int_lead_scoring__scorecard_labels') }} as labels
            on
                scores.scorecard = labels.scorecard
                and scores.total_score >= labels.min_total
                and scores.fit_score >= labels.min_fit
                and scores.engagement_score >= labels.min_engagement
    )

    select
        scorecard,
        total_score,
        fit_score,
        engagement_score,
        {%- for ladder in ['stage', 'temperature', 'fit_grade', 'engagement_grade'] %}
        max(case when ladder = '{{ ladder }}' then label end)
            as {{ ladder }}{{ ',' if not loop.last }}
        {%- endfor %}
    from labels_met
    where place = 1
    group by scorecard, total_score, fit_score, engagement_score
{%- endmacro %}
