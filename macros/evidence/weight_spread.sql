{#- Half the width of the 95 % interval of a weight of evidence.
    In: expressions of the four counts. Call: weight_spread('a', 'b', 'c', 'd').
    Out: a double expression. -#}
{% macro weight_spread(conversions_with, others_with, conversions_without, others_without) -%}
    {{ lead_scoring.normal_quantile() }} * sqrt(
        1 / {{ lead_scoring.half_more(conversions_with) }}
        + 1 / {{ lead_scoring.half_more(others_with) }}
        + 1 / {{ lead_scoring.half_more(conversions_without) }}
        + 1 / {{ lead_scoring.half_more(others_without) }}
    )
{%- endmacro %}
