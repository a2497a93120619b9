{#- The weight of evidence of having something: the logarithm of the ratio of the odds with it and
    without it, 0.5 added to each count.
    In: expressions of conversions and others with it, conversions and others without it.
    Call: weight_of_evidence('a', 'b', 'c', 'd'). Out: a double expression. -#}
{% macro weight_of_evidence(conversions_with, others_with, conversions_without, others_without) -%}
    ln(
        {{ lead_scoring.half_more(conversions_with) }}
        * {{ lead_scoring.half_more(others_without) }}
        / ({{ lead_scoring.half_more(others_with) }}
        * {{ lead_scoring.half_more(conversions_without) }})
    )
{%- endmacro %}
