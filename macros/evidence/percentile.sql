{#- A percentile of the values of a group, between two of them where it falls there; null without
    any.
    In: an expression, a share from 0 to 1. Call: percentile('minutes', 0.9).
    Out: a decimal expression. -#}
{% macro percentile(value, share) -%}
    {{ lead_scoring.statistic(
        'percentile_cont(' ~ share ~ ') within group (order by cast('
        ~ value ~ ' as ' ~ lead_scoring.type_name('double') ~ '))'
    ) }}
{%- endmacro %}
