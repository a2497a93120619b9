{#- An input column as text, without NUL characters (Postgres refuses them), blank text as ''.
    In: a column of the adapter. Call: clean_text(column). Out: a text expression. -#}
{% macro clean_text(column) -%}
    {{ return(adapter.dispatch('clean_text', 'lead_scoring')(column)) }}
{%- endmacro %}

{% macro default__clean_text(column) -%}
    {%- set name = adapter.quote(column.name) -%}
    {%- set type = column.data_type | upper -%}
    {%- if type.startswith('TIMESTAMP WITH') -%}
        cast(timezone('UTC', {{ name }}) as varchar)
    {%- elif type.startswith('VARCHAR') -%}
        case when {{ lead_scoring.trimmed('replace(' ~ name ~ ", chr(0), '')") }} = '' then '' else replace({{ name }}, chr(0), '') end
    {%- else -%}
        cast({{ name }} as varchar)
    {%- endif -%}
{%- endmacro %}
