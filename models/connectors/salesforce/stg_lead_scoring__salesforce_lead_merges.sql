-- A merge leaves the loser deleted, with its master; a conversion leaves the lead, with its
-- contact, on which all later tasks and deals hang.
with {{ lead_scoring.vendor_imports('salesforce', ['lead', 'contact']) }},

final as (
    select
        lead_id,
        merged_into_lead_id,
        case when master_id is null then converted_at else gone_at end as merged_at
    from lead
    union all
    select
        lead_id,
        master_id as merged_into_lead_id,
        gone_at as merged_at
    from contact
)

select * from final
