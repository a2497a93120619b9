-- Of the merges of one lead the latest holds (contract, section 2: merges). Erased leads too are
-- merged, so ids are hashed. A table, for a walk along merges reads it once a step.
{%- set found = lead_scoring.input_columns('lead_merges') %}

with merge_rows as (
    {{ lead_scoring.input_rows('lead_merges') }}
),

-- which one holds, stg_lead_scoring__lead_merges says by the same order
merges_latest_first as (
    select
        lead_id,
        merged_into_lead_id,
        row_number() over (
            partition by lead_id
            order by
                case when merged_at is null then 1 else 0 end,
                merged_at desc,
                {{ lead_scoring.row_text('lead_merges', found, 'merge_rows') }}
        ) as recency
    from merge_rows
    where quarantine_cause is null and lead_id <> merged_into_lead_id
),

lead_ids as (
    select lead_id
    from merges_latest_first
    union distinct
    select merged_into_lead_id as lead_id
    from merges_latest_first
),

hashed_leads as (
    select
        lead_id,
        {{ lead_scoring.short_hash(['lead_id']) }} as lead_hash
    from lead_ids
),

final as (
    select
        merged_leads.lead_hash,
        targets.lead_hash as merged_into_hash
    from merges_latest_first as usable_merges
    inner join hashed_leads as merged_leads on usable_merges.lead_id = merged_leads.lead_id
    inner join hashed_leads as targets on usable_merges.merged_into_lead_id = targets.lead_id
    where usable_merges.recency = 1
)

select * from final
