with {{ lead_scoring.vendor_imports(
    'hubspot', ['contact', 'contact_company'], lead_scoring.further_columns('hubspot')
) }},

-- 1 is HubSpot's own type for the primary company of a contact
associations as (
    select
        lead_id,
        account_id,
        row_number() over (
            partition by lead_id
            order by case when type_id = '1' then 0 else 1 end, length(account_id), account_id
        ) as place
    from contact_company
),

final as (
    select
        contact.*,
        coalesce({{ dbt.split_part('contact.company_ids', "';'", 1) }}, associations.account_id)
            as account_id
    from contact
    left join associations on contact.lead_id = associations.lead_id and associations.place = 1
)

select * from final
