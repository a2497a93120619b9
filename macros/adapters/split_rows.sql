{#- A select that repeats each row of a relation for every part of one of its text columns.
    In: relation (a CTE's name), column, delimiter, name of the new column. Parts are neither
    trimmed nor filtered.
    Call: split_rows('conditions', 'value', '|', 'part'). Out: a select statement. -#}
{% macro split_rows(relation, column, delimiter, part) -%}
    {{ return(adapter.dispatch('split_rows', 'lead_scoring')(relation, column, delimiter, part)) }}
{%- endmacro %}

{% macro default__split_rows(relation, column, delimiter, part) -%}
    select
        {{ relation }}.*,
        unnest(string_split({{ relation }}.{{ column }}, '{{ delimiter }}')) as {{ part }}
    from {{ relation }}
{%- endmacro %}
