-- The leads of accounts by their own scorecards, and which of them count for an account (contract,
-- section 4: accounts; 0001, number 28).
with final as (
    select
        -- ids
        leads.moment_key,
        leads.account,
        leads.lead_id,
        scores.scorecard,
        -- numerics
        scores.total_score,
        scores.fit_score,
        scores.engagement_score,
        -- flags
        leads.status = 'open' and not scores.is_disqualified as counts,
        {{ lead_scoring.is_active('activity.gap') }} as is_active,
        -- times
        leads.as_of
    from {{ ref('int_lead_scoring__scores') }} as scores
    inner join {{ ref('int_lead_scoring__leads_at_moments') }} as leads
        on scores.moment_key = leads.moment_key
    inner join {{ ref('int_lead_scoring__activity') }} as activity
        on scores.moment_key = activity.moment_key
    where scores.is_own_scorecard and leads.account is not null
)

select * from final
