{#- A double between 0 and 1 rounded to twelve decimals, half away from zero, as a decimal.
    In: a double expression. Call: rounded_factor('power(0.5, days)').
    Out: a decimal expression. -#}
{% macro rounded_factor(factor) -%}
    {{ return(adapter.dispatch('rounded_factor', 'lead_scoring')(factor)) }}
{%- endmacro %}

{% macro default__rounded_factor(factor) -%}
    cast(round(cast({{ factor }} as double), 12) as decimal(13, 12))
{%- endmacro %}
