with totals as (
    select * from {{ ref('int_lead_scoring__account_totals') }}
),

stages as (
    select * from {{ ref('int_lead_scoring__account_stages') }}
),

final as (
    select
        -- ids
        totals.account,
        totals.best_lead_id,
        -- strings
        stages.stage,
        -- numerics
        cast(totals.leads as integer) as leads,
        cast(totals.open_leads as integer) as open_leads,
        cast(totals.account_score as integer) as account_score,
        cast(totals.best_score as integer) as best_score,
        cast(totals.active_leads as integer) as active_leads,
        cast(totals.buying_roles as integer) as buying_roles,
        -- times
        totals.as_of
    from totals
    left join stages on totals.account_key = stages.account_key
)

select * from final
