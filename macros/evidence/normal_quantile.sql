{#- The quantile of the normal distribution by which intervals of so many percent are made.
    In: 95 or 99. Call: normal_quantile(99). Out: a number, for SQL. -#}
{% macro normal_quantile(percent=95) -%}
    {{ {95: '1.959963984540054', 99: '2.575829303548901'}[percent] }}
{%- endmacro %}
