with leads as (
    select * from {{ ref('int_lead_scoring__account_leads') }}
),

leads_best_first as (
    select
        *,
        row_number() over (
            partition by account, as_of order by total_score desc, lead_id
        ) as place
    from leads
    where counts
),

all_leads as (
    select
        account,
        as_of,
        count(*) as leads
    from leads
    group by account, as_of
),

leads_that_count as (
    select
        account,
        as_of,
        count(*) as open_leads,
        sum(total_score) as sum_of_scores,
        max(case when place = 1 then lead_id end) as best_lead_id,
        max(total_score) as best_score,
        max(fit_score) as best_fit_score,
        max(engagement_score) as best_engagement_score,
        sum(case when is_active then 1 else 0 end) as active_leads,
        count(distinct buying_role) as buying_roles
    from leads_best_first
    group by account, as_of
),

final as (
    select
        -- ids
        row_number() over (order by all_leads.account, all_leads.as_of) as account_key,
        all_leads.account,
        leads_that_count.best_lead_id,
        -- numerics
        all_leads.leads,
        coalesce(leads_that_count.open_leads, 0) as open_leads,
        {{ lead_scoring.account_score(
            'leads_that_count.open_leads',
            'leads_that_count.best_score',
            'leads_that_count.sum_of_scores'
        ) }} as account_score,
        leads_that_count.best_score,
        leads_that_count.best_fit_score,
        leads_that_count.best_engagement_score,
        coalesce(leads_that_count.active_leads, 0) as active_leads,
        coalesce(leads_that_count.buying_roles, 0) as buying_roles,
        -- times
        all_leads.as_of
    from all_leads
    left join leads_that_count
        on all_leads.account = leads_that_count.account and all_leads.as_of = leads_that_count.as_of
)

select * from final
