{#- What having something or not tells in all: over the two groups, the share of conversions less
    the share of others, times the logarithm of their quotient; 0.5 added to each count.
    In: expressions of conversions and others with it, conversions and others without it.
    Call: information_value('a', 'b', 'c', 'd'). Out: a double expression. -#}
{% macro information_value(conversions_with, others_with, conversions_without, others_without) -%}
    {%- for conversions, others in [
        (conversions_with, others_with), (conversions_without, others_without),
    ] %}
    {%- set share = '(' ~ conversions ~ ' + 0.5e0) / ('
        ~ conversions_with ~ ' + ' ~ conversions_without ~ ' + 1)' %}
    {%- set share_of_others = '(' ~ others ~ ' + 0.5e0) / ('
        ~ others_with ~ ' + ' ~ others_without ~ ' + 1)' %}
    ({{ share }} - {{ share_of_others }}) * ln(({{ share }}) / ({{ share_of_others }}))
    {{- ' +' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
