{#- A quotient as a statistic: a decimal of six places; null where the denominator is 0 or missing.
    In: numerator, denominator. Call: ratio('conversions', 'leads'). Out: a decimal expression. -#}
{% macro ratio(numerator, denominator) -%}
    {{ lead_scoring.statistic(
        'cast(' ~ numerator ~ ' as ' ~ lead_scoring.type_name('double') ~ ') / nullif('
        ~ denominator ~ ', 0)'
    ) }}
{%- endmacro %}
