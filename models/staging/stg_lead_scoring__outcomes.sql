-- depends_on: {{ ref('stg_lead_scoring__rows_before') }}
with outcome_rows as (
    {{ lead_scoring.input_rows('outcomes') }}
),

identities as (
    select * from {{ ref('stg_lead_scoring__lead_identities') }}
),

identified_rows as (
    select
        outcome_rows.*,
        coalesce(identities.lead_key, erased_leads.lead_key) as lead_key,
        erased_leads.erased_lead_hash is not null as is_of_erased_lead,
        case
            when outcome_rows.quarantine_cause is not null then outcome_rows.quarantine_cause
            when
                lower(outcome_rows.outcome) not in (
                    'contacted', 'accepted', 'rejected', 'qualified', 'opportunity', 'won', 'lost',
                    'disqualified', 'reopened'
                )
                then 'unknown outcome'
            when identities.survivor_lead_id is null and erased_leads.erased_lead_hash is null
                then 'unknown lead'
        end as cause
    from outcome_rows
    left join identities on outcome_rows.lead_id = identities.lead_id
    left join identities as erased_leads
        on
            case when identities.lead_id is null then {{ dbt.hash('outcome_rows.lead_id') }} end
            = erased_leads.erased_lead_hash
),

final as (
    select
        -- ids
        outcome_id,
        case when cause is null then lead_key end as lead_key,
        -- strings
        lower(outcome) as outcome,
        cause as quarantine_cause,
        amount,
        reason,
        owner,
        -- times
        occurred_at,
        coalesce(loaded_at, occurred_at) as known_at
    from identified_rows
    where
        (cause is not null and not is_of_erased_lead)
        or (cause is null and lead_key is not null)
)

select * from final
