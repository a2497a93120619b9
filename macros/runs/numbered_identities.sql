{#- A select of leads with identity_key, a number that a lead keeps from run to run: the kept tables
    know leads by it. Leads that are new are numbered behind those that are known; an erased lead is
    known by the hash of its id.
    In: a relation with lead_id, survivor_lead_id and is_erased. Call: numbered_identities('leads').
    Out: a select statement with all columns of the relation, lead_hash (erased leads alone),
    identity_key, and was_known: in the run before, the lead stood for one that is scored. Leads that
    were known and have left the input are among them, this once. -#}
{% macro numbered_identities(relation) -%}
    {%- set known = lead_scoring.model_relation('stg_lead_scoring__lead_identities') -%}
    with hashed as (
        select
            *,
            case when is_erased then {{ dbt.hash('lead_id') }} end as lead_hash
        from {{ relation }}
    )

    {%- if known is none or lead_scoring.is_full_refresh() %}

    select
        hashed.*,
        false as was_known,
        row_number() over (order by hashed.lead_id) as identity_key
    from hashed
    {%- else %},

    known_leads as (
        select
            hashed.*,
            coalesce(by_id.identity_key, by_hash.identity_key) as known_key,
            by_id.lead_key is not null as was_known
        from hashed
        left join {{ known }} as by_id on hashed.lead_id = by_id.lead_id
        left join {{ known }} as by_hash on hashed.lead_hash = by_hash.erased_lead_hash
    ),

    highest_keys as (
        select coalesce(max(identity_key), 0) as identity_key from {{ known }}
    ),

    new_keys as (
        select
            known_leads.lead_id,
            highest_keys.identity_key + row_number() over (order by known_leads.lead_id)
                as new_key
        from known_leads
        cross join highest_keys
        where known_leads.known_key is null
    )

    select
        known_leads.*,
        coalesce(known_leads.known_key, new_keys.new_key) as identity_key
    from known_leads
    left join new_keys on known_leads.lead_id = new_keys.lead_id
    union all
    select
        hashed.*,
        known.identity_key as known_key,
        true as was_known,
        known.identity_key
    from {{ known }} as known
    left join hashed on known.lead_id = hashed.lead_id
    where known.lead_key is not null and known.lead_id is not null and hashed.lead_id is null
    {%- endif %}
{%- endmacro %}
