{#- The day by which event rows are read: that of loaded_at, else of occurred_at. A date where the
    input has times, else the first ten characters as they are written: it is compared, never
    computed with, and every row has one.
    Call: load_day(). Out: an expression over the columns of the input. -#}
{% macro load_day() -%}
    {%- set found = lead_scoring.input_columns('events') -%}
    {%- set columns = [] -%}
    {%- for name in ['loaded_at', 'occurred_at'] if name in found -%}
        {%- do columns.append(found[name]) -%}
    {%- endfor -%}
    {%- set texts = [] -%}
    {%- for column in columns -%}
        {%- if not lead_scoring.is_time(column) -%}
            {%- do texts.append(column.name) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if not columns -%}
        cast('' as varchar)
    {%- elif texts -%}
        coalesce(
            {%- for column in columns %}
            nullif(left(trim(cast({{ adapter.quote(column.name) }} as varchar)), 10), ''),
            {%- endfor %}
            ''
        )
    {%- else -%}
        coalesce(
            {%- for column in columns %}
            cast({{ lead_scoring.utc_time(column) }} as date),
            {%- endfor %}
            cast('0001-01-01' as date)
        )
    {%- endif -%}
{%- endmacro %}
