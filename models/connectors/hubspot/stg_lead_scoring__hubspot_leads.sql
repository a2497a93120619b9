{%- set further = lead_scoring.further_columns('hubspot') %}
{%- set of_contact = [
    'lead_id', 'created_at', 'updated_at', 'email', 'first_name', 'last_name', 'job_title',
    'country', 'region', 'city', 'budget_authority', 'lead_source', 'crm_id',
] %}
{%- set of_both = [
    'company_name', 'industry', 'employee_count', 'annual_revenue', 'technologies',
] %}

with {{ lead_scoring.vendor_imports(
    'hubspot', ['contact', 'contact_company', 'company'], further
) }},

merged as (
    select distinct lead_id from {{ ref('stg_lead_scoring__hubspot_lead_merges') }}
),

-- 1 is HubSpot's own type for the primary company of a contact
associations as (
    select
        contact_id,
        company_id,
        row_number() over (
            partition by contact_id
            order by case when type_id = '1' then 0 else 1 end, length(company_id), company_id
        ) as place
    from contact_company
),

contacts as (
    select
        contact.*,
        coalesce({{ dbt.split_part('contact.company_id', "';'", 1) }}, associations.company_id)
            as account_id
    from contact
    left join associations
        on contact.lead_id = associations.contact_id and associations.place = 1
),

final as (
    select
        {%- for column in of_contact + further.keys() | reject('in', of_contact + of_both) | list %}
        contacts.{{ column }},
        {%- endfor %}
        {%- for column in of_both %}
        coalesce(contacts.{{ column }}, company.{{ column }}) as {{ column }},
        {%- endfor %}
        {{ lead_scoring.web_host('coalesce(company.company_domain, contacts.company_domain)') }}
            as company_domain,
        contacts.account_id,
        -- a contact that was merged is no deleted person
        case
            when {{ lead_scoring.is_set('contacts.is_deleted') }} and merged.lead_id is null
                then coalesce(contacts.gone_at, contacts.updated_at, contacts.created_at)
        end as deleted_at
    from contacts
    left join company on contacts.account_id = company.company_id
    left join merged on contacts.lead_id = merged.lead_id
)

select * from final
