{#- A select of leads with identity_key, a number that a lead keeps from run to run: the kept tables
    know leads by it. Leads that are new are numbered behind those that are known; an erased lead is
    known by the hash of its id.
    In: a relation with lead_id, survivor_lead_id and is_erased. Call: numbered_identities('leads').
    Out: a select statement with all columns of the relation, lead_hash (erased leads alone),
    identity_key, lead_key_before: whom the lead stood for in the run before, and
    exists_from_before: since when. Leads that stood for one that is scored and have left the input
    are among them, this once. -#}
{% macro numbered_identities(relation) -%}
    {%- set known = lead_scoring.model_relation('stg_lead_scoring__lead_identities') -%}
    {#- a table of a version before this numbering says nothing -#}
    {%- if known is not none and 'identity_key' not in (
        adapter.get_column_schema_from_query('select * from ' ~ known) | map(attribute='name')
    ) -%}
        {%- set known = none -%}
    {%- endif -%}
    with hashed as (
        select
            *,
            case when is_erased then {{ dbt.hash('lead_id') }} end as lead_hash
        from {{ relation }}
    )

    {%- if known is none or lead_scoring.is_full_refresh() %}

    select
        hashed.*,
        cast(null as bigint) as lead_key_before,
        cast(null as timestamp) as exists_from_before,
        row_number() over (order by hashed.lead_id) as identity_key
    from hashed
    {%- else %},

    known_identities as (
        select * from {{ known }}
    ),

    -- a lead that has left the input is kept, this once, where it stood for one that is scored
    leads_with_known as (
        select
            hashed.*,
            by_id.identity_key as key_by_id,
            by_id.lead_key as lead_key_before,
            by_id.exists_from as exists_from_before
        from hashed
        full outer join known_identities as by_id on hashed.lead_id = by_id.lead_id
        where
            hashed.lead_id is not null
            or (by_id.lead_id is not null and by_id.lead_key is not null)
    ),

    leads_with_known_key as (
        select
            leads_with_known.*,
            coalesce(leads_with_known.key_by_id, by_hash.identity_key) as known_key
        from leads_with_known
        left join known_identities as by_hash
            on leads_with_known.lead_hash = by_hash.erased_lead_hash
    ),

    highest_keys as (
        select coalesce(max(identity_key), 0) as identity_key from known_identities
    ),

    new_keys as (
        select
            leads_with_known_key.lead_id,
            highest_keys.identity_key + row_number() over (order by leads_with_known_key.lead_id)
                as new_key
        from leads_with_known_key
        cross join highest_keys
        where leads_with_known_key.known_key is null
    )

    select
        leads_with_known_key.*,
        coalesce(leads_with_known_key.known_key, new_keys.new_key) as identity_key
    from leads_with_known_key
    left join new_keys on leads_with_known_key.lead_id = new_keys.lead_id
    {%- endif %}
{%- endmacro %}
