-- The derived attribute active_colleagues: other leads of the account that are active at the moment
-- (decision 8). Nobody is looked for unless a condition asks for it.
with conditions_on_colleagues as (
    select attribute from {{ ref('int_lead_scoring__rule_conditions') }}
    where subject = 'lead' and attribute = 'active_colleagues'
),

colleagues as (
    select
        leads.moment_key,
        leads.account,
        leads.as_of,
        leads.is_scored,
        case when {{ lead_scoring.is_active('activity.gap') }} then 1 else 0 end as active_leads
    from {{ ref('int_lead_scoring__leads_at_moments') }} as leads
    inner join {{ ref('int_lead_scoring__activity') }} as activity
        on leads.moment_key = activity.moment_key
    where leads.account is not null and exists (select 1 from conditions_on_colleagues)
),

accounts as (
    select
        account,
        as_of,
        sum(active_leads) as active_leads
    from colleagues
    group by account, as_of
),

final as (
    select
        -- ids
        colleagues.moment_key,
        -- numerics
        cast(accounts.active_leads - colleagues.active_leads as integer) as active_colleagues
    from colleagues
    inner join accounts
        on colleagues.account = accounts.account and colleagues.as_of = accounts.as_of
    where colleagues.is_scored
)

select * from final
