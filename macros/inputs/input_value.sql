{#- A column of an input as clean text, over the input's own columns; null where the input has no
    such column. Where it is asked for inside a case, rows of other branches cost nothing.
    In: table, the column's name. Call: input_value('events', 'url'). Out: a text expression. -#}
{% macro input_value(table, name) -%}
    {%- set column = lead_scoring.input_columns(table).get(name) -%}
    {%- if column -%}
        {{ lead_scoring.clean_text(column, name in lead_scoring.input_contract(table).ids) }}
    {%- else -%}
        cast(null as {{ lead_scoring.type_name('text') }})
    {%- endif -%}
{%- endmacro %}
