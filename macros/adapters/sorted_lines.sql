{#- The texts of a group as one text of lines, in their order.
    In: a text expression. Call: sorted_lines("points || ' ' || words").
    Out: an aggregate expression. DuckDB sorts a list three times as fast as it aggregates in an
    order. -#}
{% macro sorted_lines(text) -%}
    {{ return(adapter.dispatch('sorted_lines', 'lead_scoring')(text)) }}
{%- endmacro %}

{% macro default__sorted_lines(text) -%}
    array_to_string(list_sort(list({{ text }})), chr(10))
{%- endmacro %}
