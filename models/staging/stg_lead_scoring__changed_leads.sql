-- depends_on: {{ ref('int_lead_scoring__run_plan') }}
with recursive changed_fingerprints as (
    select lead_hash from {{ ref('stg_lead_scoring__lead_fingerprints') }}
    where is_changed
),

merge_rows as (
    {{ lead_scoring.input_rows('lead_merges') }}
),

-- a merge binds both ways: what a lead is can hang on the rows of every lead it is merged with
bonds as (
    select
        {{ lead_scoring.short_hash(['lead_id']) }} as lead_hash,
        {{ lead_scoring.short_hash(['merged_into_lead_id']) }} as bound_hash
    from merge_rows
    where quarantine_cause is null
    union all
    select
        {{ lead_scoring.short_hash(['merged_into_lead_id']) }} as lead_hash,
        {{ lead_scoring.short_hash(['lead_id']) }} as bound_hash
    from merge_rows
    where quarantine_cause is null
),

changed_leads as (
    select lead_hash from changed_fingerprints
    union
    select bonds.bound_hash as lead_hash
    from changed_leads
    inner join bonds on changed_leads.lead_hash = bonds.lead_hash
),

final as (
    select lead_hash from changed_leads
)

select * from final
