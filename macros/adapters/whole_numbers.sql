{#- A select with one row per whole number from 0 to the largest value of a column.
    In: relation (a CTE of one row), column, name of the new column.
    Call: whole_numbers('longest_age', 'days', 'age'). Out: a select statement. -#}
{% macro whole_numbers(relation, column, name) -%}
    {{ return(adapter.dispatch('whole_numbers', 'lead_scoring')(relation, column, name)) }}
{%- endmacro %}

{% macro default__whole_numbers(relation, column, name) -%}
    select unnest(range({{ relation }}.{{ column }} + 1)) as {{ name }}
    from {{ relation }}
{%- endmacro %}
