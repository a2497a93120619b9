with decided_leads as (
    select
        lead_id,
        scorecard,
        as_of,
        case when status = 'won' then 1 else 0 end as is_won
    from {{ ref('lead_scores') }}
    where status in ('won', 'lost')
),

score_reasons as (
    select * from {{ ref('score_reasons') }}
),

all_decided_leads as (
    select
        count(*) as leads,
        sum(is_won) as won_leads
    from decided_leads
),

-- fewer than ten leads say little
leads_with_reason as (
    select
        score_reasons.dimension,
        score_reasons.signal,
        score_reasons.rule_id,
        count(*) as leads,
        sum(decided_leads.is_won) as won_leads
    from decided_leads
    inner join score_reasons
        on
            decided_leads.lead_id = score_reasons.lead_id
            and decided_leads.scorecard = score_reasons.scorecard
            and decided_leads.as_of = score_reasons.as_of
    group by score_reasons.dimension, score_reasons.signal, score_reasons.rule_id
    having count(*) >= 10
),

reasons_with_lift as (
    select
        -- ids
        leads_with_reason.rule_id,
        -- strings
        leads_with_reason.dimension,
        leads_with_reason.signal,
        -- numerics
        leads_with_reason.won_leads,
        leads_with_reason.leads - leads_with_reason.won_leads as lost_leads,
        round(1.0 * leads_with_reason.won_leads / leads_with_reason.leads, 3) as share_won,
        round(1.0 * all_decided_leads.won_leads / all_decided_leads.leads, 3) as share_won_of_all,
        round(
            1.0 * leads_with_reason.won_leads * all_decided_leads.leads
            / nullif(leads_with_reason.leads * all_decided_leads.won_leads, 0), 2
        ) as lift
    from leads_with_reason
    cross join all_decided_leads
)

-- a person reads this: the order counts
select * from reasons_with_lift -- noqa: CV13
order by lift desc, won_leads desc, rule_id
