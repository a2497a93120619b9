{#- A share as a person reads it, in percent with one decimal.
    In: numerator, denominator. Call: percent_in_words('conversions', 'leads').
    Out: a text expression. -#}
{% macro percent_in_words(numerator, denominator) -%}
    {%- set percent = '100 * cast(' ~ numerator ~ ' as ' ~ lead_scoring.type_name('double')
        ~ ') / nullif(' ~ denominator ~ ', 0)' -%}
    cast(
        cast({{ lead_scoring.rounded(percent, 1) }} as decimal(12, 1))
        as {{ lead_scoring.type_name('text') }}
    ) || ' %'
{%- endmacro %}
