{{ config(enabled=(
    lead_scoring.is_demo()
    and var('lead_scoring_as_of', none) is none
    and env_var('LEAD_SCORING_AS_OF', '') == ''
    and var('lead_scoring_moments', none) is none
    and not var('lead_scoring_evidence', false)
)) }}

with lead_scores as (
    select * from {{ ref('lead_scores') }}
),

scorecards as (
    select * from {{ ref('lead_scoring__scorecards') }}
    where status = 'live'
),

final as (
    select
        scorecards.segment,
        count(distinct lead_scores.grade) as grades
    from scorecards
    left join lead_scores on scorecards.segment = lead_scores.segment
    group by scorecards.segment
    having count(distinct lead_scores.grade) < 3
)

select * from final
