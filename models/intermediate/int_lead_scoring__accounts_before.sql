-- before the versions of changed leads are replaced
{%- set versions = lead_scoring.model_relation('int_lead_scoring__lead_versions') %}

with changed_leads as (
    select lead_hash from {{ ref('stg_lead_scoring__changed_leads') }}
),

final as (
    {%- if lead_scoring.recomputes_all('leads') or versions is none %}
    select cast(null as varchar) as account
    from changed_leads
    where false
    {%- else %}
    select distinct {{ lead_scoring.account_of('versions') }} as account
    from {{ versions }} as versions
    where
        {{ lead_scoring.short_hash(['versions.lead_id']) }} in (
            select changed_leads.lead_hash from changed_leads
        )
        and {{ lead_scoring.account_of('versions') }} is not null
    {%- endif %}
)

select * from final
