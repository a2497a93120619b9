{#- A decimal rounded half away from zero to some decimals, as decimal(18, n).
    In: a decimal expression, the number of decimals.
    Call: rounded_decimal('events * points * factor', 4). Out: a decimal expression. -#}
{% macro rounded_decimal(expression, decimals) -%}
    {{ return(adapter.dispatch('rounded_decimal', 'lead_scoring')(expression, decimals)) }}
{%- endmacro %}

{% macro default__rounded_decimal(expression, decimals) -%}
    cast(round({{ expression }}, {{ decimals }}) as decimal(18, {{ decimals }}))
{%- endmacro %}
