with instant_outcomes as (
    select * from {{ ref('int_lead_scoring__instant_outcomes') }}
    where purpose = '{{ lead_scoring.evidence_purpose() }}'
),

scores as (
    select
        *,
        case when is_disqualified then -1 else total_score end as ranking_score
    from {{ ref('int_lead_scoring__scores') }}
    where is_own_scorecard or scorecard_status = 'challenger'
),

-- the scorecard `*` stands for each lead's own one
scorings as (
    select
        *,
        scorecard as counted_for
    from scores
    union all
    select
        *,
        '*' as counted_for
    from scores
    where is_own_scorecard
),

final as (
    select
        -- ids
        instant_outcomes.moment_key,
        instant_outcomes.lead_key,
        instant_outcomes.lead_id,
        scores.counted_for as scorecard,
        scores.scorecard as scored_by,
        -- strings
        scores.scorecard_status,
        scores.segment,
        scores.stage,
        case
            when scores.ranking_score < 0 then 'disqualified'
            {%- for low in range(0, 90, 10) %}
            when scores.ranking_score < {{ low + 10 }} then '{{ low }} to {{ low + 9 }}'
            {%- endfor %}
            else '90 to 100'
        end as band,
        instant_outcomes.fate,
        -- numerics
        scores.total_score,
        scores.fit_score,
        scores.engagement_score,
        scores.ranking_score,
        cast(case
            when scores.ranking_score < 0 then -1
            else least(90, scores.ranking_score - mod(scores.ranking_score, 10))
        end as integer) as band_from,
        instant_outcomes.known,
        instant_outcomes.converted,
        instant_outcomes.days_to_win,
        instant_outcomes.won_amount,
        -- flags
        coalesce(qualified_stages.is_mql, false) as is_mql,
        coalesce(identities.exists_from <= fits.fitted_until, false) as is_fitted_to,
        -- times
        instant_outcomes.as_of,
        instant_outcomes.month,
        instant_outcomes.won_at
    from instant_outcomes
    inner join scorings as scores on instant_outcomes.moment_key = scores.moment_key
    left join {{ ref('stg_lead_scoring__lead_identities') }} as identities
        on instant_outcomes.lead_id = identities.lead_id
    left join {{ ref('int_lead_scoring__fits') }} as fits on scores.scorecard = fits.scorecard
    left join {{ ref('int_lead_scoring__qualified_stages') }} as qualified_stages
        on
            scores.scorecard = qualified_stages.scorecard
            and lower(scores.stage) = qualified_stages.stage
)

select * from final
