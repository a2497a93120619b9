-- When each lead that was handed over was first spoken to (contract, section 2: outcomes).
with run as (
    select * from {{ ref('stg_lead_scoring__as_of') }}
),

handoffs as (
    select * from {{ ref('lead_handoffs') }}
),

identities as (
    select * from {{ ref('stg_lead_scoring__lead_identities') }}
),

contacts as (
    select
        outcomes.lead_key,
        outcomes.occurred_at
    from {{ ref('stg_lead_scoring__outcomes') }} as outcomes
    inner join run on outcomes.occurred_at <= run.as_of and outcomes.known_at <= run.as_of
    where outcomes.quarantine_cause is null and outcomes.outcome = 'contacted'
),

final as (
    select
        -- ids
        handoffs.handoff_id,
        -- times
        min(contacts.occurred_at) as contacted_at
    from handoffs
    left join identities on handoffs.lead_id = identities.lead_id
    left join contacts
        on
            identities.lead_key = contacts.lead_key
            and handoffs.handed_off_at <= contacts.occurred_at
    group by handoffs.handoff_id
)

select * from final
