-- An activity of the survivor names those who are gone, as [1,2], or as a list.
with {{ lead_scoring.vendor_imports('marketo', ['activity_merge_leads']) }},

final as (
    select
        'marketo-' || lead_id as merged_into_lead_id,
        'marketo-' || replace(
            nullif(translate(merged_ids, ',[]" ', ';'), ''), ';', ';marketo-'
        ) as merged_ids,
        merged_at
    from activity_merge_leads
)

select * from final
