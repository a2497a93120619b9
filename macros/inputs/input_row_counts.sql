{#- A select of the number of rows of each input table that is there, before anything is done.
    Call: input_row_counts(). Out: a select statement. -#}
{% macro input_row_counts() -%}
    {%- set tables = ['leads', 'events', 'outcomes', 'lead_merges'] -%}
    {%- for table in tables if lead_scoring.input_relation(table) is not none %}
    select
        '{{ table }}' as input_table,
        count(*) as rows
    from {{ lead_scoring.input_relation(table) }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}
