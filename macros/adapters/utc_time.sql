{#- A date or timestamp column as a UTC timestamp without zone: one without zone is UTC already, a
    date is its midnight.
    In: a column of the adapter. Call: utc_time(column). Out: a timestamp expression. -#}
{% macro utc_time(column) -%}
    {{ return(adapter.dispatch('utc_time', 'lead_scoring')(column)) }}
{%- endmacro %}

{% macro default__utc_time(column) -%}
    {%- if 'WITH TIME ZONE' in column.data_type | upper -%}
        timezone('UTC', {{ adapter.quote(column.name) }})
    {%- else -%}
        cast({{ adapter.quote(column.name) }} as timestamp)
    {%- endif -%}
{%- endmacro %}
