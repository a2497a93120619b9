with {{ lead_scoring.vendor_imports('hubspot', ['contact_property_history']) }},

final as (
    select
        *,
        case property when 'lifecyclestage' then 'lifecycle_stage' else 'lead_status' end as kind,
        case
            when property in ('lifecyclestage', 'hs_lead_status') then null
            else 'of another property'
        end as put_aside
    from contact_property_history
)

select * from final
