{#- A select of the stage labels of each scorecard: scorecard, stage (in lower case), label (as
    it is written), stage_rank, the three minimums and exit_margin, blanks as 0. A scorecard's own
    row takes the place of the `*` row of the same label.
    Call: stage_ladders(). Out: a select statement. -#}
{% macro stage_ladders() -%}
    with scorecards as (
        select {{ lead_scoring.normalised('scorecard') }} as scorecard
        from {{ ref('lead_scoring__scorecards') }}
    ),

    thresholds as (
        select
            {{ lead_scoring.normalised('scorecard') }} as scorecard,
            {{ lead_scoring.normalised('label') }} as stage,
            {{ lead_scoring.trimmed('label') }} as label,
            cast(rank as integer) as stage_rank,
            coalesce(min_total, 0) as min_total,
            coalesce(min_fit, 0) as min_fit,
            coalesce(min_engagement, 0) as min_engagement,
            coalesce(exit_margin, 0) as exit_margin
        from {{ ref('lead_scoring__thresholds') }}
        where {{ lead_scoring.normalised('ladder') }} = 'stage'
    ),

    thresholds_own_first as (
        select
            scorecards.scorecard,
            thresholds.stage,
            thresholds.label,
            thresholds.stage_rank,
            thresholds.min_total,
            thresholds.min_fit,
            thresholds.min_engagement,
            thresholds.exit_margin,
            row_number() over (
                partition by scorecards.scorecard, thresholds.stage
                order by case when thresholds.scorecard = '*' then 1 else 0 end
            ) as nearness
        from scorecards
        inner join thresholds
            on scorecards.scorecard = thresholds.scorecard or thresholds.scorecard = '*'
    )

    select * from thresholds_own_first
    where nearness = 1
{%- endmacro %}
