{#- The texts of a group as one text of lines, in their order.
    In: a text expression. Call: sorted_lines("points || ' ' || words").
    Out: an aggregate expression. -#}
{% macro sorted_lines(text) -%}
    {{ return(adapter.dispatch('sorted_lines', 'lead_scoring')(text)) }}
{%- endmacro %}

{% macro default__sorted_lines(text) -%}
    {{ dbt.listagg(text, 'chr(10)', 'order by ' ~ text) }}
{%- endmacro %}

{#- A list is sorted three times as fast as values are aggregated in an order. -#}
{% macro duckdb__sorted_lines(text) -%}
    array_to_string(list_sort(list({{ text }})), chr(10))
{%- endmacro %}
