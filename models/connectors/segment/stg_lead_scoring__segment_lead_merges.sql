-- An alias says that a user is called otherwise from now on. Where the former id was a browser's,
-- the events know both, and nothing is merged.
with {{ lead_scoring.vendor_imports('segment', ['aliases']) }},

users as (
    select lead_id from {{ ref('stg_lead_scoring__segment_leads') }}
),

merged_pairs as (
    select
        {{ lead_scoring.person_id('segment', 'previous_id') }} as lead_id,
        {{ lead_scoring.person_id('segment', 'user_id') }} as merged_into_lead_id,
        merged_at
    from aliases
),

final as (
    select
        merged_pairs.lead_id,
        merged_pairs.merged_into_lead_id,
        merged_pairs.merged_at
    from merged_pairs
    inner join users on merged_pairs.lead_id = users.lead_id
)

select * from final
