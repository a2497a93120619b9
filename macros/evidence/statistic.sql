{#- A double as a statistic is shown: a decimal of six places, so that equal inputs give equal
    bytes.
    In: a double expression; how many digits it may have in all, those places among them.
    Call: statistic('ln(odds)'), statistic('mean_points', 18). Out: a decimal expression. -#}
{% macro statistic(value, digits=12) -%}
    cast({{ lead_scoring.rounded(value, 6) }} as decimal({{ digits }}, 6))
{%- endmacro %}
