{#- Whether a number is whole and not below a bound; blank passes.
    In: a number column, the lowest allowed value. Call: is_whole('min_count', 1).
    Out: a condition. -#}
{% macro is_whole(column, lowest) -%}
    coalesce(
        {{ column }} = round({{ column }}, 0)
        and {{ column }} >= {{ lowest }}
        and {{ column }} <= 999999999,
        true
    )
{%- endmacro %}
