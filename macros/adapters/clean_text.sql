{#- An input column as text, without NUL characters (Postgres refuses them), blank text as ''.
    In: a column of the adapter. Call: clean_text(column). Out: a text expression. -#}
{% macro clean_text(column) -%}
    {{ return(adapter.dispatch('clean_text', 'lead_scoring')(column)) }}
{%- endmacro %}

{% macro default__clean_text(column) -%}
    {%- set name = adapter.quote(column.name) -%}
    {%- if 'WITH TIME ZONE' in column.data_type | upper -%}
        {%- set name = "timezone('UTC', " ~ name ~ ')' -%}
    {%- endif -%}
    {%- set text = 'replace(cast(' ~ name ~ " as varchar), chr(0), '')" -%}
    case when {{ lead_scoring.trimmed(text) }} = '' then '' else {{ text }} end
{%- endmacro %}
