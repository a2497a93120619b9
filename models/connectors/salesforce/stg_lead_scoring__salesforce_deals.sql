with {{ lead_scoring.vendor_imports('salesforce', ['opportunity', 'users']) }},

final as (
    select
        opportunity.*,
        coalesce(users.email, opportunity.owner_id) as owner
    from opportunity
    left join users on opportunity.owner_id = users.owner_id
)

select * from final
