with {{ lead_scoring.vendor_imports('salesforce', ['lead', 'lead_history']) }},

histories as (
    select
        *,
        'lead_status' as kind,
        case when lower(field) = 'status' then null else 'of another field' end as put_aside
    from lead_history
),

present_states as (
    select
        lead_id,
        'lead_status' as kind,
        status as stage,
        updated_at as occurred_at,
        'true' as is_present
    from lead
),

conversions as (
    select
        lead_id,
        'lead_state' as kind,
        'converted' as stage,
        converted_at as occurred_at
    from lead
    where {{ lead_scoring.is_set('is_converted') }}
),

final as (
    {{ lead_scoring.united_rows(['lead_id', 'kind', 'stage', 'occurred_at'], {
        'histories': ['put_aside'], 'present_states': ['is_present'], 'conversions': [],
    }) }}
)

select * from final
