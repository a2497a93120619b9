with lead_rows as (
    {{ lead_scoring.input_rows('leads') }}
),

leads_in_input as (
    select
        lead_id,
        min(case when quarantine_cause is null then created_at end) as exists_from,
        max(case when deleted_at is not null then 1 else 0 end) = 1 as is_erased
    from lead_rows
    where lead_id is not null and (quarantine_cause is null or deleted_at is not null)
    group by lead_id
),

merged_leads as (
    {{ lead_scoring.merged_leads('leads_in_input') }}
),

-- a lead without a merge is its own survivor
leads_with_survivor as (
    select
        coalesce(leads_in_input.lead_id, merged_leads.lead_id) as lead_id,
        merged_leads.lead_id is not null as has_merge,
        coalesce(merged_leads.is_in_circle, false) as is_in_circle,
        coalesce(leads_in_input.is_erased, false) as is_erased,
        case
            when merged_leads.lead_id is null then leads_in_input.lead_id
            else merged_leads.survivor_lead_id
        end as survivor_lead_id,
        case
            when merged_leads.lead_id is null then leads_in_input.exists_from
            else merged_leads.exists_from
        end as exists_from,
        case
            when merged_leads.lead_id is null then leads_in_input.is_erased
            else coalesce(merged_leads.is_erased, false)
        end as is_survivor_erased
    from leads_in_input
    full outer join merged_leads on leads_in_input.lead_id = merged_leads.lead_id
),

identities as (
    select
        lead_id,
        survivor_lead_id,
        exists_from,
        is_survivor_erased,
        is_survivor_erased or is_erased as is_erased,
        coalesce(survivor_lead_id <> lead_id, false) as is_merged,
        case
            when is_in_circle then 'merge in a circle'
            when has_merge and coalesce(survivor_lead_id, lead_id) = lead_id
                then 'merge into an unknown lead'
        end as merge_cause
    from leads_with_survivor
),

numbered_identities as (
    {{ lead_scoring.numbered_identities('identities') }}
),

survivors_of_merged as (
    select
        lead_id,
        identity_key
    from numbered_identities
    where lead_id in (select merged_leads.survivor_lead_id from merged_leads)
),

-- an erased lead leaves a fingerprint by which its rows are known and dropped, never its id
final as (
    select
        -- ids
        own.identity_key,
        case when not own.is_erased then own.lead_id end as lead_id,
        case when own.is_erased then own.lead_hash end as erased_lead_hash,
        case when not own.is_survivor_erased then own.survivor_lead_id end as survivor_lead_id,
        case
            when own.is_survivor_erased then null
            when own.is_merged then survivors.identity_key
            when own.survivor_lead_id is not null then own.identity_key
        end as lead_key,
        own.lead_key_before,
        -- strings
        own.merge_cause,
        -- flags
        own.is_merged,
        own.lead_key_before is not null
        and own.survivor_lead_id is null
        and not coalesce(own.is_erased, false) as was_lost,
        -- times
        case when not own.is_survivor_erased then own.exists_from end as exists_from,
        own.exists_from_before
    from numbered_identities as own
    left join survivors_of_merged as survivors
        on case when own.is_merged then own.survivor_lead_id end = survivors.lead_id
)

select * from final
