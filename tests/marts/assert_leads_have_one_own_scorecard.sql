{{ config(group='lead_scoring') }}

{%- set columns = [
    'lead_id', 'as_of', 'scorecard', 'segment', 'total_score', 'fit_score', 'engagement_score',
    'grade', 'stage', 'temperature', 'is_disqualified',
] | join(', ') -%}

with moments as (
    select * from {{ ref('int_lead_scoring__moments') }}
    where is_scored
),

own_scores as (
    select * from {{ ref('scorecard_scores') }}
    where is_own_scorecard
),

lead_scores as (
    select * from {{ ref('lead_scores') }}
),

moments_without_one as (
    select
        moments.lead_id,
        moments.as_of,
        count(own_scores.lead_id) as own_scorecards
    from moments
    left join own_scores
        on moments.lead_id = own_scores.lead_id and moments.as_of = own_scores.as_of
    group by moments.lead_id, moments.as_of
    having count(own_scores.lead_id) <> 1
),

scores_that_differ as (
    (
        select {{ columns }} from own_scores
        except
        select {{ columns }} from lead_scores
    )
    union all
    (
        select {{ columns }} from lead_scores
        except
        select {{ columns }} from own_scores
    )
),

final as (
    select
        lead_id,
        as_of
    from moments_without_one
    union all
    select
        lead_id,
        as_of
    from scores_that_differ
)

select * from final
