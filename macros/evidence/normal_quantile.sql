{#- The quantile of the normal distribution by which 95 % intervals are made.
    Call: normal_quantile(). Out: a number, for SQL. -#}
{% macro normal_quantile() -%}
    1.959963984540054
{%- endmacro %}
