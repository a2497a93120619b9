{#- Half the width of the 95 % interval of a weight of evidence.
    In: expressions of the four counts. Call: weight_spread('a', 'b', 'c', 'd').
    Out: a double expression. -#}
{% macro weight_spread(conversions_with, others_with, conversions_without, others_without) -%}
    {{ lead_scoring.normal_quantile() }} * sqrt(
        1 / (({{ conversions_with }}) + 0.5e0) + 1 / (({{ others_with }}) + 0.5e0)
        + 1 / (({{ conversions_without }}) + 0.5e0) + 1 / (({{ others_without }}) + 0.5e0)
    )
{%- endmacro %}
