with {{ lead_scoring.vendor_imports('marketo', ['activity_change_data_value']) }},

final as (
    select
        lead_id || '-status' as item_id,
        'marketo-' || lead_id as lead_id,
        'lead_status' as kind,
        stage,
        occurred_at,
        reason
    from activity_change_data_value
    where lower(replace(attribute, ' ', '')) = 'leadstatus'
)

select * from final
