{#- A column of an input as clean text, over the input's own columns; null where the input has no
    such column. Where it is asked for inside a case, rows of other branches cost nothing.
    In: table, the column's name, the table's columns (input_columns).
    Call: input_value('events', 'url', columns). Out: a text expression. -#}
{% macro input_value(table, name, columns) -%}
    {%- set column = columns.get(name) -%}
    {%- if column -%}
        {{ lead_scoring.clean_text(column, name in lead_scoring.input_contract(table).ids) }}
    {%- else -%}
        cast(null as {{ lead_scoring.type_name('text') }})
    {%- endif -%}
{%- endmacro %}
