-- Merges that lead back to the lead itself are in a circle.
{%- set steps = lead_scoring.steps_of_merges() %}

with usable_merges as (
    select * from {{ ref('stg_lead_scoring__latest_merges') }}
),

final as (
    select
        -- ids
        merge_1.lead_hash,
        merge_1.merged_into_hash,
        merge_{{ steps }}.merged_into_hash as reached_hash,
        -- flags
        coalesce(merge_1.lead_hash in (
            {%- for step in range(2, steps + 1) %}
            merge_{{ step }}.merged_into_hash{{ ',' if not loop.last }}
            {%- endfor %}
        ), false) as is_in_circle
    {{ lead_scoring.walk_of_merges('usable_merges') }}
)

select * from final
