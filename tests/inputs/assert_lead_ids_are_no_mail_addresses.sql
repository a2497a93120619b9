{#- Shows hashes and no ids: what stands in a failed test is read by more people than the input. -#}
{{ config(group='lead_scoring', severity='warn') }}

with identities as (
    select * from {{ ref('stg_lead_scoring__lead_identities') }}
),

final as (
    select lead_hash
    from identities
    where lead_id like '_%@_%._%'
)

select * from final
