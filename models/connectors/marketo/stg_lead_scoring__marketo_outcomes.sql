with {{ lead_scoring.vendor_imports('marketo', ['activity_change_data_value']) }},

final as (
    select
        'marketo-' || lead_id as lead_id,
        'lead_status' as kind,
        stage,
        occurred_at,
        reason,
        case
            when lower(replace(attribute, ' ', '')) = 'leadstatus' then null
            else 'of another field'
        end as put_aside
    from activity_change_data_value
)

select * from final
