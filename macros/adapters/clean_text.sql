{#- An input column as text, without NUL characters (Postgres refuses them), blank text as ''; ids
    keep their outer blanks.
    In: a column of the adapter, whether outer blanks go. Call: clean_text(column, true).
    Out: a text expression. -#}
{% macro clean_text(column, trims=false) -%}
    {{ return(adapter.dispatch('clean_text', 'lead_scoring')(column, trims)) }}
{%- endmacro %}

{% macro default__clean_text(column, trims) -%}
    {%- set name = adapter.quote(column.name) -%}
    {%- if 'WITH TIME ZONE' in column.data_type | upper -%}
        {%- set name = "timezone('UTC', " ~ name ~ ')' -%}
    {%- endif -%}
    {%- set text = 'cast(' ~ name ~ ' as varchar)' -%}
    {%- set without_nul = 'replace(' ~ text ~ ", chr(0), '')" -%}
    {%- set numbers_and_flags = ['SMALLINT', 'INTEGER', 'BIGINT', 'DOUBLE', 'BOOLEAN'] -%}
    {%- if lead_scoring.is_time(column) or column.data_type | upper in numbers_and_flags -%}
    {{ text }}
    {%- else -%}
    case
        {#- nearly every text is clean as it is: to see that costs a tenth of cleaning it #}
        {%- if trims %}
        when regexp_full_match({{ text }}, '[!-~]+( +[!-~]+)*') then {{ text }}
        when {{ lead_scoring.trimmed(without_nul) }} = '' then ''
        else {{ lead_scoring.trimmed(without_nul) }}
        {%- else %}
        when {{ text }} >= '!' and {{ text }} < chr(127) and not contains({{ text }}, chr(0))
            then {{ text }}
        when {{ lead_scoring.trimmed(without_nul) }} = '' then ''
        else {{ without_nul }}
        {%- endif %}
    end
    {%- endif -%}
{%- endmacro %}
