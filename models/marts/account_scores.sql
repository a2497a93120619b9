with leads as (
    select
        lead_scores.account,
        lead_scores.lead_id,
        lead_scores.total_score,
        lead_scores.as_of,
        lead_scores.status = 'open' and not lead_scores.is_disqualified as is_eligible,
        activity.gap < 30 as is_active,
        case
            when versions.seniority in ('c_level', 'vp', 'director', 'manager')
                then versions.department
        end as buying_role
    from {{ ref('lead_scores') }} as lead_scores
    inner join {{ ref('int_lead_scoring__moments') }} as moments
        on lead_scores.lead_id = moments.lead_id and lead_scores.as_of = moments.as_of
    inner join {{ ref('int_lead_scoring__lead_versions') }} as versions
        on {{ lead_scoring.holds_at_moment() }}
    inner join {{ ref('int_lead_scoring__activity') }} as activity
        on moments.moment_key = activity.moment_key
    where lead_scores.account is not null
),

leads_best_first as (
    select
        *,
        row_number() over (
            partition by account, as_of order by total_score desc, lead_id
        ) as place
    from leads
    where is_eligible
),

best_leads as (
    select
        account,
        as_of,
        lead_id,
        total_score
    from leads_best_first
    where place = 1
),

totals as (
    select
        account,
        as_of,
        count(*) as leads,
        sum(case when is_eligible then 1 else 0 end) as open_leads,
        sum(case when is_eligible then total_score else 0 end) as sum_of_scores,
        sum(case when is_eligible and is_active then 1 else 0 end) as active_leads,
        count(distinct case when is_eligible then buying_role end) as buying_roles
    from leads
    group by account, as_of
),

final as (
    select
        -- ids
        totals.account,
        best_leads.lead_id as best_lead_id,
        -- numerics
        cast(totals.leads as integer) as leads,
        cast(totals.open_leads as integer) as open_leads,
        cast(
            case
                when totals.open_leads <= 1 then best_leads.total_score
                -- half up of 0.6 * best + 0.4 * mean of the others, in whole numbers
                else {{ lead_scoring.divided_half_up(
                    '6 * best_leads.total_score * (totals.open_leads - 1)'
                    ~ ' + 4 * (totals.sum_of_scores - best_leads.total_score)',
                    '10 * (totals.open_leads - 1)'
                ) }}
            end as integer
        ) as account_score,
        best_leads.total_score as best_score,
        cast(totals.active_leads as integer) as active_leads,
        cast(totals.buying_roles as integer) as buying_roles,
        -- times
        totals.as_of
    from totals
    left join best_leads on totals.account = best_leads.account and totals.as_of = best_leads.as_of
)

select * from final
