{#- The tables of a tool that a model reads, each as a CTE of its name.
    In: tool, tables; further columns of the first of them, ours -> their name; the text that stands
    for nothing in the tool's cells, if it has one.
    Call: with {{ vendor_imports('hubspot', ['contact', 'company']) }}, final as (...).
    Out: CTEs, without `with` and a comma behind. -#}
{% macro vendor_imports(tool, tables, further={}, nothing=none) -%}
    {%- set found = lead_scoring.vendor_tables(tool, tables) -%}
    {%- for table in tables %}
    {{ table }} as (
        {{ lead_scoring.vendor_rows(
            tool, table, found.get(table, {}), further if loop.first else {}, nothing
        ) }}
    ){{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
