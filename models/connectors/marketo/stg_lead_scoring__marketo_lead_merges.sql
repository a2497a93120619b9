-- An activity of the survivor names those who are gone, as [1,2].
with {{ lead_scoring.vendor_imports('marketo', ['activity_merge_leads']) }},

merged_pairs as (
    select
        lead_id,
        merged_at,
        translate(merged_ids, '[]" ', '') as merged_ids
    from activity_merge_leads
),

parts as (
    {{ lead_scoring.split_rows('merged_pairs', 'merged_ids', ',', 'part') }}
),

final as (
    select distinct
        'marketo-' || part as lead_id,
        'marketo-' || lead_id as merged_into_lead_id,
        merged_at
    from parts
    where part <> ''
)

select * from final
