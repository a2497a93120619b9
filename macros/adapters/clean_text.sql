{#- An input column as text, without NUL characters (Postgres refuses them) and, unless it is an id,
    without outer blanks; blank text is null.
    In: a column of the adapter, whether it is an id. Call: clean_text(column, is_id=true).
    Out: a text expression. -#}
{% macro clean_text(column, is_id=false) -%}
    {{ return(adapter.dispatch('clean_text', 'lead_scoring')(column, is_id)) }}
{%- endmacro %}

{% macro default__clean_text(column, is_id) -%}
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
        {#- nearly every text begins and ends with a visible ASCII character and has no NUL: it is
            taken as it is, at a fifth of what trimming costs #}
        when
            {{ text }} >= '!' and {{ text }} < chr(127) and not contains({{ text }}, chr(0))
            {%- if not is_id %}
            and {{ text }}[-1] between '!' and '~'
            {%- endif %}
            then {{ text }}
        {%- if is_id %}
        when {{ lead_scoring.trimmed(without_nul) }} <> '' then {{ without_nul }}
        {%- else %}
        else nullif({{ lead_scoring.trimmed(without_nul) }}, '')
        {%- endif %}
    end
    {%- endif -%}
{%- endmacro %}
