-- What is expected of each lead, less what was scored, and the other way round.
with expected as (
    select 'ann' as lead_id, 'enterprise' as segment, 1 as has_points
    union all
    select 'ben' as lead_id, 'public_sector' as segment, 1 as has_points
),

scored as (
    select
        lead_id,
        segment,
        case when total_score > 0 then 1 else 0 end as has_points
    from {{ ref('lead_scores') }}
)

select
    coalesce(expected.lead_id, scored.lead_id) as lead_id,
    scored.segment,
    scored.has_points
from expected
full outer join scored
    on
        expected.lead_id = scored.lead_id
        and expected.segment = scored.segment
        and expected.has_points = scored.has_points
where expected.lead_id is null or scored.lead_id is null
