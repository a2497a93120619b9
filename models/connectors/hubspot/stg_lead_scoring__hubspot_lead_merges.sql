-- hs_merged_object_ids alone names every contact that was merged, those of chains too; when that
-- was stands elsewhere, if at all.
with {{ lead_scoring.vendor_imports('hubspot', ['contact', 'contact_merge_audit']) }},

merged_ids as (
    {{ lead_scoring.split_rows('contact', 'merged_ids', ';', 'part') }}
),

merged_vids as (
    {{ lead_scoring.split_rows('contact', 'merged_vids', ';', 'part') }}
),

merged_pairs as (
    select
        lead_id,
        contact_id,
        merged_at
    from contact_merge_audit
    union all
    select
        {{ lead_scoring.trimmed(dbt.split_part('part', "':'", 1)) }} as lead_id,
        merged_vids.lead_id as contact_id,
        {{ dbt.split_part('part', "':'", 2) }} as merged_at
    from merged_vids
    union all
    select
        {{ lead_scoring.trimmed('part') }} as lead_id,
        merged_ids.lead_id as contact_id,
        null as merged_at
    from merged_ids
),

final as (
    select
        lead_id,
        contact_id as merged_into_lead_id,
        max(merged_at) as merged_at
    from merged_pairs
    where lead_id <> ''
    group by lead_id, contact_id
)

select * from final
