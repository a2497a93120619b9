-- A merge leaves the loser deleted, with its master; a conversion leaves the lead, with its
-- contact, on which all later tasks and deals hang.
with {{ lead_scoring.vendor_imports('salesforce', ['lead', 'contact']) }},

final as (
    select
        id as lead_id,
        coalesce(master_id, contact_id) as merged_into_lead_id,
        case when master_id is null then converted_at else modified_at end as merged_at
    from lead
    where coalesce(master_id, contact_id) is not null
    union distinct
    select
        id as lead_id,
        master_id as merged_into_lead_id,
        modified_at as merged_at
    from contact
    where master_id is not null
)

select * from final
