{%- set further = lead_scoring.further_columns('marketo') %}
{%- set columns = [
    'created_at', 'updated_at', 'email', 'first_name', 'last_name', 'job_title', 'company_name',
    'industry', 'employee_count', 'annual_revenue', 'country', 'region', 'city', 'lead_source',
    'crm_id',
] + further.keys() | list %}

with {{ lead_scoring.vendor_imports(
    'marketo', ['lead', 'activity_delete_lead', 'activity_new_lead'], further
) }},

merged as (
    select distinct lead_id from {{ ref('stg_lead_scoring__marketo_lead_merges') }}
),

deletions as (
    select
        lead_id,
        max(deleted_at) as deleted_at
    from activity_delete_lead
    group by lead_id
),

births as (
    select
        lead_id,
        min(created_at) as created_at
    from activity_new_lead
    group by lead_id
),

people as (
    select
        'marketo-' || lead.id as lead_id,
        {%- for column in columns %}
        lead.{{ column }},
        {%- endfor %}
        {{ lead_scoring.web_host('lead.company_domain') }} as company_domain,
        coalesce(
            deletions.deleted_at,
            case
                when {{ lead_scoring.is_set('lead.is_deleted') }}
                    then coalesce(lead.updated_at, lead.created_at)
            end
        ) as deleted_at
    from lead
    left join deletions on lead.id = deletions.lead_id
    union all
    -- who was deleted is gone from the leads, and is to be known as deleted
    select
        'marketo-' || deletions.lead_id as lead_id,
        coalesce(births.created_at, deletions.deleted_at) as created_at,
        {%- for column in columns[1:] %}
        null as {{ column }},
        {%- endfor %}
        null as company_domain,
        deletions.deleted_at
    from deletions
    left join births on deletions.lead_id = births.lead_id
    left join lead on deletions.lead_id = lead.id
    where lead.id is null
),

-- a loser of a merge is deleted too, and no deleted person
final as (
    select
        people.lead_id,
        {%- for column in columns %}
        people.{{ column }},
        {%- endfor %}
        people.company_domain,
        case when merged.lead_id is null then people.deleted_at end as deleted_at
    from people
    left join merged on people.lead_id = merged.lead_id
)

select * from final
