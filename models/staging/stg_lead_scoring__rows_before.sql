-- before the rows of changed leads are replaced
{%- set leads = lead_scoring.model_relation('stg_lead_scoring__leads') -%}
{%- set outcomes = lead_scoring.model_relation('stg_lead_scoring__outcomes') -%}
{%- set is_comparable = leads is not none and outcomes is not none
    and not lead_scoring.recomputes_all('comparisons') %}

with changed_leads as (
    select lead_hash from {{ ref('stg_lead_scoring__changed_leads') }}
),

identities as (
    select * from {{ ref('stg_lead_scoring__lead_identities') }}
),

changed_identities as (
    select
        identities.lead_key,
        identities.lead_id
    from identities
    inner join changed_leads
        on {{ lead_scoring.short_hash(['identities.lead_id']) }} = changed_leads.lead_hash
    where identities.lead_key is not null
),

final as (
    {{ lead_scoring.dated_rows_of_leads('changed_identities', leads, outcomes) if is_comparable
        else lead_scoring.dated_rows_of_leads('changed_identities') }}
)

select * from final
