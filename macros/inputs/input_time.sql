{#- A time column of an input as a UTC timestamp, over the input's own columns; null where the input
    has no such column or it cannot be read.
    In: table, the column's name. Call: input_time('events', 'occurred_at').
    Out: a timestamp expression. -#}
{% macro input_time(table, name) -%}
    {%- set column = lead_scoring.input_columns(table).get(name) -%}
    {%- if column and lead_scoring.is_time(column) -%}
        {{ lead_scoring.utc_time(column) }}
    {%- else -%}
        {{ lead_scoring.read_time(lead_scoring.input_value(table, name)) }}
    {%- endif -%}
{%- endmacro %}
