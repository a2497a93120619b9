{#- A select of the rows of several CTEs in the same columns; a column that one of them does not
    have is null.
    In: the columns that all have; CTE -> the further columns that it has.
    Call: united_rows(['lead_id', 'occurred_at'], {'visits': ['url'], 'calls': []}).
    Out: a select statement. -#}
{% macro united_rows(columns, tables) -%}
    {%- set nothing = 'cast(null as ' ~ lead_scoring.type_name('text') ~ ')' -%}
    {%- set every = (columns + tables.values() | sum(start=[])) | unique | list -%}
    {%- for table, further in tables.items() %}
    select
        {%- for column in every %}
        {{ column if column in columns + further else nothing ~ ' as ' ~ column }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from {{ table }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
