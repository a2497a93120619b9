{#- Whether a number has at most two decimals and a size that a score can hold; blank passes.
    In: a number column. Call: has_two_decimals('points'). Out: a condition. -#}
{% macro has_two_decimals(column) -%}
    coalesce({{ column }} = round({{ column }}, 2) and abs({{ column }}) <= 1000000, true)
{%- endmacro %}
