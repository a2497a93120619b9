{#- The weight of evidence of having something: the logarithm of the ratio of the odds with it and
    without it, 0.5 added to each count.
    In: expressions of conversions and others with it, conversions and others without it.
    Call: weight_of_evidence('a', 'b', 'c', 'd'). Out: a double expression. -#}
{% macro weight_of_evidence(conversions_with, others_with, conversions_without, others_without) -%}
    ln(
        (({{ conversions_with }}) + 0.5e0) * (({{ others_without }}) + 0.5e0)
        / ((({{ others_with }}) + 0.5e0) * (({{ conversions_without }}) + 0.5e0))
    )
{%- endmacro %}
