{#- A double as a statistic is shown: a decimal of six places, so that equal inputs give equal
    bytes.
    In: a double expression. Call: statistic('ln(odds)'). Out: a decimal expression. -#}
{% macro statistic(value) -%}
    cast({{ lead_scoring.rounded(value, 6) }} as decimal(12, 6))
{%- endmacro %}
