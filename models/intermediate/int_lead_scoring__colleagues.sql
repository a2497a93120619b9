-- nobody is looked for unless a condition asks for active colleagues
with conditions_on_colleagues as (
    select attribute from {{ ref('int_lead_scoring__rule_conditions') }}
    where of = 'lead' and attribute = 'active_colleagues'
),

moments as (
    select * from {{ ref('int_lead_scoring__moments') }}
    where exists (select 1 from conditions_on_colleagues)
),

moments_to_score as (
    select * from moments
    where is_touched
),

identities as (
    select * from {{ ref('stg_lead_scoring__lead_identities') }}
    where lead_id = survivor_lead_id
),

versions as (
    select
        lead_versions.*,
        {{ lead_scoring.account_of('lead_versions') }} as account
    from {{ ref('int_lead_scoring__lead_versions') }} as lead_versions
),

accounts as (
    select distinct
        versions.account,
        moments.as_of,
        moments.as_of_day
    from moments_to_score as moments
    inner join versions on {{ lead_scoring.holds_at_moment() }}
    where versions.account is not null
),

final as (
    select
        -- ids
        row_number() over (order by identities.lead_key, accounts.as_of) as colleague_key,
        moments.moment_key,
        accounts.account,
        identities.lead_key,
        -- flags
        versions.holds_since > accounts.as_of as is_version_younger,
        -- times
        accounts.as_of,
        accounts.as_of_day,
        {{ lead_scoring.reporting_day('identities.exists_from') }} as exists_from_day
    from accounts
    inner join versions
        on
            accounts.account = versions.account
            and {{ lead_scoring.version_holds_at('accounts.as_of') }}
    inner join identities
        on
            versions.lead_key = identities.lead_key
            and accounts.as_of >= identities.exists_from
    left join moments
        on identities.lead_key = moments.lead_key and accounts.as_of = moments.as_of
)

select * from final
