{#- A short hash of a lead id of an input, cleaned as input_rows does.
    In: a column of the adapter, or none. Call: lead_hash(input_columns('leads')['lead_id']).
    Out: an expression. -#}
{% macro lead_hash(column) -%}
    {%- if column -%}
        {{ lead_scoring.short_hash([lead_scoring.clean_text(column, is_id=true)]) }}
    {%- else -%}
        {{ lead_scoring.short_hash(['cast(null as ' ~ lead_scoring.type_name('text') ~ ')']) }}
    {%- endif -%}
{%- endmacro %}
