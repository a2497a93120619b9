with {{ lead_scoring.vendor_imports('salesforce', ['opportunity', 'users']) }},

final as (
    select
        opportunity.*,
        case
            when {{ lead_scoring.is_set('opportunity.is_closed') }} then opportunity.closed_at
            else opportunity.created_at
        end as entered_at,
        coalesce(users.email, opportunity.owner_id) as owner
    from opportunity
    left join users on opportunity.owner_id = users.owner_id
)

select * from final
