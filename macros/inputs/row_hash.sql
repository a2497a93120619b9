{#- A short hash of everything that a row of an input says, over the input's own columns.
    In: table. Call: row_hash('events'). Out: an expression. -#}
{% macro row_hash(table) -%}
    {%- set columns = lead_scoring.input_columns(table) -%}
    {%- set names = ["'" ~ table ~ "'"] -%}
    {%- for column in columns.values() -%}
        {%- do names.append(adapter.quote(column.name)) -%}
    {%- endfor -%}
    {{ lead_scoring.short_hash(names) }}
{%- endmacro %}
