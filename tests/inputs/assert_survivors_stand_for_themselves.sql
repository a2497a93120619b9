{{ config(group='lead_scoring') }}

with identities as (
    select * from {{ ref('stg_lead_scoring__lead_identities') }}
),

final as (
    select
        identities.lead_hash,
        identities.survivor_lead_id
    from identities
    left join identities as survivors on identities.survivor_lead_id = survivors.lead_id
    where
        identities.survivor_lead_id is not null
        and (
            survivors.lead_id is null
            or survivors.is_merged
            or survivors.survivor_lead_id <> survivors.lead_id
            or survivors.lead_key <> identities.lead_key
        )
)

select * from final
