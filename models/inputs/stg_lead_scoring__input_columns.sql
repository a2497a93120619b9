-- Which columns each input has, and in how many of its rows each is filled.
{%- set tables = ['leads', 'events', 'outcomes', 'lead_merges'] %}

with
{%- for table in tables %}
{{ table }}_counted as (
    select
        '{{ table }}' as input_table,
        count(*) as input_rows{% for column in lead_scoring.input_columns(table) %},
        count({{ lead_scoring.input_value(table, column) }}) as filled_{{ loop.index }}{% endfor %}
    {%- if lead_scoring.input_relation(table) is not none %}
    from {{ lead_scoring.input_relation(table) }}
    {%- endif %}
),
{%- endfor %}

final as (
    {%- for table in tables %}
    {%- for column in lead_scoring.input_columns(table) %}
    select
        input_table,
        '{{ dbt.escape_single_quotes(column) }}' as column_name,
        false as is_structure,
        input_rows,
        filled_{{ loop.index }} as filled
    from {{ table }}_counted
    union all
    {%- endfor %}
    {%- for column in lead_scoring.input_columns(table, set_aside=true) %}
    select
        input_table,
        '{{ dbt.escape_single_quotes(column) }}' as column_name,
        true as is_structure,
        input_rows,
        0 as filled
    from {{ table }}_counted
    union all
    {%- endfor %}
    {%- endfor %}
    select
        input_table,
        '' as column_name,
        false as is_structure,
        input_rows,
        input_rows as filled
    from leads_counted
    where 1 = 0
)

select * from final
