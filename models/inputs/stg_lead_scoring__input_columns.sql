-- Which columns each input has, and in how many of its rows each is filled.
{%- set tables = ['leads', 'events', 'outcomes', 'lead_merges'] %}
{%- set columns_of = {} %}
{%- for table in tables %}
{%- do columns_of.update({table: lead_scoring.input_columns(table)}) %}
{%- endfor %}

with
{%- for table in tables %}
{{ table }}_counted as (
    select
        '{{ table }}' as input_table,
        count(*) as input_rows{% for column in columns_of[table] %},
        count({{ lead_scoring.input_value(table, column, columns_of[table]) }})
            as filled_{{ loop.index }}{% endfor %}
    {%- if lead_scoring.input_relation(table) is not none %}
    from {{ lead_scoring.input_relation(table) }}
    {%- endif %}
),
{%- endfor %}

{%- for table in tables %}
{%- set found = columns_of[table].keys() | list %}
{%- set set_aside = lead_scoring.input_columns(table, set_aside=true).keys() | list %}
{{ table }}_columns as (
    {%- for column in found + set_aside %}
    select
        {{ loop.index }} as place,
        '{{ dbt.escape_single_quotes(column) }}' as column_name,
        {{ 'true' if loop.index > found | length else 'false' }} as is_structure
    union all
    {%- endfor %}
    select
        0 as place,
        '' as column_name,
        false as is_structure
),
{%- endfor %}

final as (
    {%- for table in tables %}
    select
        counted.input_table,
        described.column_name,
        described.is_structure,
        counted.input_rows,
        case
            when described.is_structure then 0
            {%- for column in columns_of[table] %}
            when described.place = {{ loop.index }} then counted.filled_{{ loop.index }}
            {%- endfor %}
        end as filled
    from {{ table }}_counted as counted
    cross join {{ table }}_columns as described
    where described.place > 0
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select * from final
