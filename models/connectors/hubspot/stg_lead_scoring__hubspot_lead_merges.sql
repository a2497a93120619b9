-- hs_merged_object_ids alone names every contact that was merged, those of chains too; when that
-- was stands elsewhere, if at all: hs_calculated_merged_vids has it behind a colon.
with {{ lead_scoring.vendor_imports('hubspot', ['contact', 'contact_merge_audit']) }},

survivors as (
    select
        lead_id as merged_into_lead_id,
        coalesce(merged_ids, '') || ';' || coalesce(merged_vids, '') as merged_ids
    from contact
),

final as (
    {{ lead_scoring.united_rows(['merged_into_lead_id'], {
        'survivors': ['merged_ids'], 'contact_merge_audit': ['lead_id', 'merged_at'],
    }) }}
)

select * from final
