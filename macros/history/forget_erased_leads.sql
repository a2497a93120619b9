{#- The statement that takes erased leads out of a table of the record, where nothing else ever
    changes: the rows of their own, or their ids where other leads' rows name them.
    In: the column of ids, lead_id for rows of their own.
    Call: pre_hook="{{ lead_scoring.forget_erased_leads() }}". Out: a statement, or nothing where
    the table is new. -#}
{% macro forget_erased_leads(column='lead_id') -%}
    {#- outside the condition, which does not hold while dbt looks for what a model needs -#}
    {%- set identities = ref('stg_lead_scoring__lead_identities') -%}
    {%- if is_incremental() %}
        {{ lead_scoring.taken_out(
            lead_scoring.short_hash([column]),
            'select lead_hash as key from ' ~ identities ~ ' as identities where is_erased',
            cleared=none if column == 'lead_id' else column
        ) }}
    {%- endif %}
{%- endmacro %}
