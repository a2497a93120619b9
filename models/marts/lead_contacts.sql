-- The only table with names and e-mail addresses (contract, section 5); of the version that holds.
with moments as (
    select * from {{ ref('int_lead_scoring__leads_at_moments') }}
    where is_scored
),

versions as (
    select * from {{ ref('stg_lead_scoring__leads') }}
    where fate = 'used'
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
    inner join versions
        on moments.lead_key = versions.lead_key and moments.holds_since = versions.holds_since
)

select * from final
