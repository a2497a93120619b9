{{ config(group='lead_scoring') }}

-- Merges are followed so many in a row, and no further: whoever was merged more often would stand
-- for a lead on the way. A walk goes on for good only in a circle.
with walks_of_merges as (
    select * from {{ ref('stg_lead_scoring__merge_circles') }}
),

unended_walks as (
    select
        walks.lead_hash,
        walks.reached_hash
    from walks_of_merges as walks
    left join walks_of_merges as circles
        on walks.reached_hash = circles.lead_hash and circles.is_in_circle
    where walks.reached_hash is not null and circles.lead_hash is null
)

select * from unended_walks
