{#- A select of the label that each row of scores holds in each ladder: moment_key, scorecard,
    stage, temperature, fit_grade, engagement_grade; in each ladder the highest-ranked label whose
    minimums are all met. A scorecard's own row takes the place of the `*` row of the same ladder
    and label.
    In: a relation with moment_key, scorecard and the three rounded scores.
    Call: labels_of_scores('rounded_scores'). Out: a select statement. -#}
{% macro labels_of_scores(relation) -%}
    with thresholds as (
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
        inner join (select distinct scorecard from {{ relation }}) as scorecards
            on thresholds.scorecard = scorecards.scorecard or thresholds.scorecard = '*'
    ),

    labels_met as (
        select
            scores.moment_key,
            scores.scorecard,
            thresholds_own_first.ladder,
            max(thresholds_own_first.label_rank) as label_rank
        from {{ relation }} as scores
        inner join thresholds_own_first
            on
                scores.scorecard = thresholds_own_first.held_by
                and thresholds_own_first.nearness = 1
                and scores.total_score >= thresholds_own_first.min_total
                and scores.fit_score >= thresholds_own_first.min_fit
                and scores.engagement_score >= thresholds_own_first.min_engagement
        group by scores.moment_key, scores.scorecard, thresholds_own_first.ladder
    )

    select
        labels_met.moment_key,
        labels_met.scorecard,
        {%- for ladder in ['stage', 'temperature', 'fit_grade', 'engagement_grade'] %}
        max(case when labels_met.ladder = '{{ ladder }}' then labels.label end)
            as {{ ladder }}{{ ',' if not loop.last }}
        {%- endfor %}
    from labels_met
    inner join thresholds_own_first as labels
        on
            labels_met.scorecard = labels.held_by
            and labels_met.ladder = labels.ladder
            and labels_met.label_rank = labels.label_rank
            and labels.nearness = 1
    group by labels_met.moment_key, labels_met.scorecard
{%- endmacro %}
