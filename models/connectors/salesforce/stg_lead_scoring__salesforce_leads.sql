{%- set further = lead_scoring.further_columns('salesforce') %}
{%- set columns = [
    'email', 'first_name', 'last_name', 'job_title', 'country', 'region', 'city', 'lead_source',
    'account_id',
] + further.keys() | list %}
{%- set of_companies = ['industry', 'employee_count', 'annual_revenue'] %}

with {{ lead_scoring.vendor_imports('salesforce', ['lead'], further) }},

{{ lead_scoring.vendor_imports('salesforce', ['contact'], further) }},

{{ lead_scoring.vendor_imports('salesforce', ['account']) }},

people as (
    {%- for table in ['lead', 'contact'] %}
    select
        id as lead_id,
        created_at,
        -- each row of a history is a version: it says since when it holds
        coalesce(version_at, modified_at) as updated_at,
        company_name,
        company_domain,
        {%- for column in of_companies + columns %}
        {{ column }},
        {%- endfor %}
        -- what was merged is deleted too, and no deleted person
        case
            when {{ lead_scoring.is_set('is_deleted') }} and master_id is null
                then coalesce(modified_at, created_at)
        end as deleted_at
    from {{ table }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

final as (
    select
        people.lead_id,
        people.created_at,
        people.updated_at,
        {%- for column in columns %}
        people.{{ column }},
        {%- endfor %}
        coalesce(account.name, people.company_name) as company_name,
        {{ lead_scoring.web_host('coalesce(account.website, people.company_domain)') }}
            as company_domain,
        {%- for column in of_companies %}
        coalesce(people.{{ column }}, account.{{ column }}) as {{ column }},
        {%- endfor %}
        people.deleted_at
    from people
    left join account on people.account_id = account.id
)

select * from final
