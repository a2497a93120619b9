{{ config(materialized='view') }}

with versions as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__lead_versions')) }}
),

moments as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__moments')) }}
    where is_current
),

final as (
    select
        -- ids
        moments.lead_id,
        -- strings
        versions.email,
        versions.first_name,
        versions.last_name,
        -- times
        moments.as_of
    from moments
    inner join versions on {{ lead_scoring.holds_at_moment() }}
)

select * from final
