{#- A short hash of everything that a row of an input says, over the input's own columns.
    In: table, its columns (input_columns). Call: row_hash('events', columns).
    Out: an expression. -#}
{% macro row_hash(table, columns) -%}
    {%- set names = ["'" ~ table ~ "'"] -%}
    {%- for column in columns.values() -%}
        {%- do names.append(adapter.quote(column.name)) -%}
    {%- endfor -%}
    {{ lead_scoring.short_hash(names) }}
{%- endmacro %}
