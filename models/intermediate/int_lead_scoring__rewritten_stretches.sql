with retroactive_leads as (
    select * from {{ ref('int_lead_scoring__retroactive_leads') }}
),

identities as (
    select * from {{ ref('stg_lead_scoring__lead_identities') }}
    where lead_id = survivor_lead_id
),

run_log as (
    select * from {{ ref('int_lead_scoring__run_log') }}
),

rules_fingerprint as (
    select * from {{ ref('int_lead_scoring__rules_fingerprint') }}
),

-- what was scored under other rules than those of this run stays as it was
instants_under_these_rules as (
    select min(run_log.as_of) as as_of
    from run_log
    cross join rules_fingerprint
    where
        run_log.as_of > (
            select coalesce(max(other_runs.as_of), cast('0001-01-01' as timestamp))
            from run_log as other_runs
            where other_runs.rules_fingerprint <> rules_fingerprint.rules_fingerprint
        )
),

-- a backtest and a run in the past rewrite nothing
logged_moments as (
    select count(*) as moments
    from {{ ref('int_lead_scoring__logged_moments') }}
),

final as (
    select
        -- ids
        identities.lead_id,
        -- times
        greatest(retroactive_leads.since, instants_under_these_rules.as_of) as since
    from retroactive_leads
    inner join identities on retroactive_leads.lead_key = identities.lead_key
    cross join instants_under_these_rules
    cross join logged_moments
    where logged_moments.moments > 0
)

select * from final
