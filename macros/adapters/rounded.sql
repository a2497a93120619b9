{#- A double rounded half away from zero to some decimals.
    In: a double expression, how many decimals. Call: rounded('share', 6).
    Out: an expression of a number that has no further decimals; casts make a decimal of it. -#}
{% macro rounded(value, decimals) -%}
    {{ return(adapter.dispatch('rounded', 'lead_scoring')(value, decimals)) }}
{%- endmacro %}

{% macro default__rounded(value, decimals) -%}
    round({{ value }}, {{ decimals }})
{%- endmacro %}

{#- It rounds decimals to some places, and no doubles. -#}
{% macro postgres__rounded(value, decimals) -%}
    round(cast({{ value }} as numeric), {{ decimals }})
{%- endmacro %}

{#- As everywhere else: a decimal without digits has none behind the point there. -#}
{% macro redshift__rounded(value, decimals) -%}
    {{ lead_scoring.default__rounded(value, decimals) }}
{%- endmacro %}
