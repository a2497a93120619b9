{#- A select of the labels of each combination of scores that occurs: scorecard, total_score,
    fit_score, engagement_score, stage, temperature, fit_grade, engagement_grade; in each ladder the
    highest-ranked label whose minimums are all met. A scorecard's own row takes the place of the
    `*` row of the same ladder and label.
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

    thresholds as (
        select
            {{ lead_scoring.normalised('scorecard') }} as scorecard,
            {{ lead_scoring.normalised('ladder') }} as ladder,
            {{ lead_scoring.trimmed('label') }} as label,
            cast(rank as integer) as label_rank,
            coalesce(min_total, 0) as min_total,
            coalesce(min_fit, 0) as min_fit,
            coalesce(min_engagement, 0) as min_engagement
        from {{ ref('lead_scoring__thresholds') }}
    ),

    thresholds_own_first as (
        select
            thresholds.*,
            scorecards.scorecard as held_by,
            row_number() over (
                partition by scorecards.scorecard, thresholds.ladder, lower(thresholds.label)
                order by case when thresholds.scorecard = '*' then 1 else 0 end
            ) as nearness
        from thresholds
        inner join (select distinct scorecard from distinct_scores) as scorecards
            on thresholds.scorecard = scorecards.scorecard or thresholds.scorecard = '*'
    ),

    labels_met as (
        select
            scores.scorecard,
            scores.total_score,
            scores.fit_score,
            scores.engagement_score,
            thresholds_own_first.ladder,
            thresholds_own_first.label,
            row_number() over (
                partition by
                    scores.scorecard,
                    scores.total_score,
                    scores.fit_score,
                    scores.engagement_score,
                    thresholds_own_first.ladder
                order by thresholds_own_first.label_rank desc, thresholds_own_first.label desc
            ) as place
        from distinct_scores as scores
        inner join thresholds_own_first
            on
                scores.scorecard = thresholds_own_first.held_by
                and thresholds_own_first.nearness = 1
                and scores.total_score >= thresholds_own_first.min_total
                and scores.fit_score >= thresholds_own_first.min_fit
                and scores.engagement_score >= thresholds_own_first.min_engagement
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
