{%- set other_scores = var('lead_scoring_other_scores', none) -%}

with live_scores as (
    select * from {{ ref('scorecard_scores') }}
    where is_own_scorecard
),

other_scores as (
    {%- if other_scores is not none %}
    select * from {{ other_scores }}
    where is_own_scorecard
    {%- else %}
    select * from {{ ref('scorecard_scores') }}
    where scorecard_status = 'challenger'
    {%- endif %}
),

score_pairs as (
    select
        -- ids
        live_scores.lead_id,
        live_scores.scorecard as live_scorecard,
        other_scores.scorecard as other_scorecard,
        -- strings
        live_scores.stage as live_stage,
        other_scores.stage as other_stage,
        live_scores.grade as live_grade,
        other_scores.grade as other_grade,
        -- numerics
        live_scores.total_score as live_total_score,
        other_scores.total_score as other_total_score,
        other_scores.total_score - live_scores.total_score as difference,
        count(*) over (
            partition by other_scores.scorecard, live_scores.stage, other_scores.stage
        ) as leads_with_these_stages,
        -- times
        live_scores.as_of
    from live_scores
    inner join other_scores
        on
            live_scores.lead_id = other_scores.lead_id
            and live_scores.as_of = other_scores.as_of
),

leads_that_differ as (
    select * from score_pairs
    where
        difference <> 0
        or coalesce(live_stage, '') <> coalesce(other_stage, '')
        or coalesce(live_grade, '') <> coalesce(other_grade, '')
)

-- a person reads this: the order counts
select * from leads_that_differ -- noqa: CV13
order by abs(difference) desc, other_scorecard, lead_id
