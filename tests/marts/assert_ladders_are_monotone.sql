{#- Compares every pair of scores, so only on the demo. -#}
{{ config(enabled=lead_scoring.is_demo()) }}

{%- set ladders = ['stage', 'temperature', 'fit_grade', 'engagement_grade'] %}

with scores as (
    select distinct
        scorecard,
        total_score,
        fit_score,
        engagement_score,
        {{ ladders | join(', ') }}
    from {{ ref('scorecard_scores') }}
    where not is_disqualified
),

thresholds as (
    select
        {{ lead_scoring.normalised('scorecard') }} as scorecard,
        {{ lead_scoring.normalised('ladder') }} as ladder,
        {{ lead_scoring.trimmed('label') }} as label,
        rank
    from {{ ref('lead_scoring__thresholds') }}
),

-- a scorecard's own row counts before the row for every scorecard
ranked_scores as (
    select
        scores.scorecard,
        scores.total_score,
        scores.fit_score,
        scores.engagement_score,
        thresholds.ladder,
        coalesce(
            max(case when thresholds.scorecard <> '*' then thresholds.rank end),
            max(thresholds.rank)
        ) as label_rank
    from scores
    inner join thresholds
        on
            thresholds.scorecard in ('*', scores.scorecard)
            and thresholds.label = case thresholds.ladder
                {%- for ladder in ladders %}
                when '{{ ladder }}' then scores.{{ ladder }}
                {%- endfor %}
            end
    group by
        scores.scorecard,
        scores.total_score,
        scores.fit_score,
        scores.engagement_score,
        thresholds.ladder
),

final as (
    select lower_scores.*
    from ranked_scores as lower_scores
    inner join ranked_scores as higher_scores
        on
            lower_scores.scorecard = higher_scores.scorecard
            and lower_scores.ladder = higher_scores.ladder
            and lower_scores.total_score <= higher_scores.total_score
            and lower_scores.fit_score <= higher_scores.fit_score
            and lower_scores.engagement_score <= higher_scores.engagement_score
    where lower_scores.label_rank > higher_scores.label_rank
)

select * from final
