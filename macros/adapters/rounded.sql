{#- A double rounded half away from zero to some decimals.
    In: a double expression, how many decimals. Call: rounded('share', 6).
    Out: an expression of a number that has no further decimals; casts make a decimal of it. -#}
{% macro rounded(value, decimals) -%}
    {{ return(adapter.dispatch('rounded', 'lead_scoring')(value, decimals)) }}
{%- endmacro %}

{% macro default__rounded(value, decimals) -%}
    round({{ value }}, {{ decimals }})
{%- endmacro %}

{#- It rounds decimals to some places, and no doubles: the digits that the double is written with,
    of which a cast to a number keeps 15. -#}
{% macro postgres__rounded(value, decimals) -%}
    round(cast(cast({{ value }} as text) as numeric), {{ decimals }})
{%- endmacro %}

{#- Its own rounds 0.0640625 down: the digits that the double is written with; below 0.0001 they
    have an exponent, which its casts of texts round wrongly. -#}
{% macro duckdb__rounded(value, decimals) -%}
    case
        when abs({{ value }}) < 0.0001
            then round(cast({{ value }} as decimal(38, 18)), {{ decimals }})
        else cast(cast({{ value }} as varchar) as decimal(38, {{ decimals }}))
    end
{%- endmacro %}

{#- As everywhere else: a decimal without digits has none behind the point there. -#}
{% macro redshift__rounded(value, decimals) -%}
    {{ lead_scoring.default__rounded(value, decimals) }}
{%- endmacro %}
