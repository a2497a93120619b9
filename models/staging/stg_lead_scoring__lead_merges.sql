with merge_rows as (
    {{ lead_scoring.input_rows('lead_merges') }}
),

identities as (
    select * from {{ ref('stg_lead_scoring__lead_identities') }}
),

ranked_rows as (
    select
        merge_rows.*,
        row_number() over (
            partition by
                lead_id,
                case
                    when quarantine_cause is null and lead_id <> merged_into_lead_id then 1 else 0
                end
            order by
                case when merged_at is null then 1 else 0 end,
                merged_at desc,
                {{ lead_scoring.row_text('lead_merges', 'merge_rows') }}
        ) as recency
    from merge_rows
),

identified_rows as (
    select
        ranked_rows.lead_id,
        case
            when erased_targets.erased_lead_hash is null then ranked_rows.merged_into_lead_id
        end as merged_into_lead_id,
        ranked_rows.merged_at,
        ranked_rows.recency > 1 as is_superseded,
        case
            when ranked_rows.quarantine_cause is not null then ranked_rows.quarantine_cause
            when ranked_rows.lead_id = ranked_rows.merged_into_lead_id then 'merge into itself'
            when ranked_rows.recency = 1 then identities.merge_cause
        end as quarantine_cause
    from ranked_rows
    left join identities on ranked_rows.lead_id = identities.lead_id
    left join identities as erased_leads
        on {{ dbt.hash('ranked_rows.lead_id') }} = erased_leads.erased_lead_hash
    left join identities as erased_targets
        on {{ dbt.hash('ranked_rows.merged_into_lead_id') }} = erased_targets.erased_lead_hash
    where erased_leads.erased_lead_hash is null
),

final as (
    select
        -- ids
        lead_id,
        merged_into_lead_id,
        -- strings
        quarantine_cause,
        case
            when quarantine_cause is not null then 'quarantined'
            when is_superseded then 'duplicate'
            else 'used'
        end as fate,
        -- times
        merged_at
    from identified_rows
)

select * from final
