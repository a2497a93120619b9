{#- The statement that takes erased leads out of a table of the record, where nothing else ever
    changes: the rows of their own, or their ids where other leads' rows name them.
    In: the column of ids, lead_id for rows of their own.
    Call: pre_hook="{{ lead_scoring.forget_erased_leads() }}". Out: a statement, or nothing where
    the table is new. -#}
{% macro forget_erased_leads(column='lead_id') -%}
    {#- outside the condition, which does not hold while dbt looks for what a model needs -#}
    {%- set identities = ref('stg_lead_scoring__lead_identities') -%}
    {%- if is_incremental() %}
        {%- if column == 'lead_id' %}
        delete from {{ this }}
        {%- else %}
        update {{ this }}
        set {{ column }} = null
        {%- endif %}
        where {{ lead_scoring.short_hash([column]) }} in (
            select identities.lead_hash
            from {{ identities }} as identities
            where identities.is_erased
        )
    {%- endif %}
{%- endmacro %}
