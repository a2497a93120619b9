-- The people of the chosen tools, with what their companies say where they have nothing of their
-- own. Some tools delete whom they merge: that is no deleted person.
{%- set columns = lead_scoring.connected_contract('leads') %}
{%- set of_companies = [
    'company_name', 'industry', 'employee_count', 'annual_revenue', 'technologies',
] %}
{%- set of_tools = ['crm_id', 'further_emails', 'deal_id', 'is_deleted', 'put_aside'] %}

with leads as (
    {{ lead_scoring.connected_rows('leads', columns + of_tools + ['gone_at']) }}
),

company_rows as (
    {{ lead_scoring.connected_rows(
        'companies', of_companies + ['account_id', 'company_domain', 'updated_at']
    ) }}
),

-- of two exports of one company the later one, where they say when it was changed
companies as (
    select
        *,
        row_number() over (
            partition by tool, account_id
            order by
                {{ lead_scoring.input_time_of('updated_at') }} desc nulls last,
                {%- for column in of_companies %}
                {{ column }} nulls last,
                {%- endfor %}
                company_domain nulls last
        ) as recency
    from company_rows
),

merged as (
    select distinct
        tool,
        lead_id
    from {{ ref('stg_lead_scoring__known_merges') }}
    where put_aside is null
),

final as (
    select
        leads.tool,
        leads.place,
        {%- for column in columns + of_tools
            if column not in of_companies + ['company_domain', 'deleted_at'] %}
        leads.{{ column }},
        {%- endfor %}
        {%- for column in of_companies %}
        coalesce(leads.{{ column }}, companies.{{ column }}) as {{ column }},
        {%- endfor %}
        {{ lead_scoring.web_host('coalesce(companies.company_domain, leads.company_domain)') }}
            as company_domain,
        case
            when leads.deleted_at is not null then leads.deleted_at
            when {{ lead_scoring.is_set('leads.is_deleted') }} and merged.lead_id is null
                then coalesce(leads.gone_at, leads.updated_at, leads.created_at)
        end as deleted_at,
        merged.lead_id is not null as is_merged
    from leads
    left join companies
        on
            leads.tool = companies.tool
            and leads.account_id = companies.account_id
            and companies.recency = 1
    left join merged on leads.tool = merged.tool and leads.lead_id = merged.lead_id
)

select * from final
