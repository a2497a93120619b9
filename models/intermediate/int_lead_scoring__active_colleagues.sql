with colleagues as (
    select
        colleagues.moment_key,
        colleagues.account,
        colleagues.as_of,
        colleagues.is_version_younger,
        case when {{ lead_scoring.is_active('gaps.gap') }} then 1 else 0 end as active_leads
    from {{ ref('int_lead_scoring__colleagues') }} as colleagues
    inner join {{ ref('int_lead_scoring__colleague_gaps') }} as gaps
        on colleagues.colleague_key = gaps.colleague_key
),

known_at_creation as (
    select {{ lead_scoring.normalised('attribute') }} as attribute
    from {{ ref('lead_scoring__attributes') }}
    where
        {{ lead_scoring.normalised('attribute') }} = 'active_colleagues'
        and {{ lead_scoring.normalised('of') }} = 'lead'
        and {{ lead_scoring.normalised('known') }} = 'at_creation'
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
    where
        colleagues.moment_key is not null
        and (not colleagues.is_version_younger or exists (select 1 from known_at_creation))
)

select * from final
