{#- The statement that takes the rows of erased leads out of a table of the record: nothing else
    ever leaves it.
    Call: pre_hook="{{ lead_scoring.forget_erased_leads() }}". Out: a statement, or nothing where
    the table is new. -#}
{% macro forget_erased_leads() -%}
    {#- outside the condition, which does not hold while dbt looks for what a model needs -#}
    {%- set identities = ref('stg_lead_scoring__lead_identities') -%}
    {%- if is_incremental() -%}
        delete from {{ this }}
        where {{ lead_scoring.short_hash(['lead_id']) }} in (
            select identities.lead_hash
            from {{ identities }} as identities
            where identities.is_erased
        )
    {%- endif -%}
{%- endmacro %}
