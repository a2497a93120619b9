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
    {%- set text = 'cast(' ~ name ~ ' as varchar)' -%}
    {%- set without_nul = 'replace(' ~ text ~ ", chr(0), '')" -%}
    case
        {#- nearly every text starts with a visible ASCII character and has no NUL: it is taken as
            it is, which costs a tenth #}
        when {{ text }} >= '!' and {{ text }} < chr(127) and not contains({{ text }}, chr(0))
            then {{ text }}
        when {{ lead_scoring.trimmed(without_nul) }} = '' then ''
        else {{ without_nul }}
    end
{%- endmacro %}
