{#- The variance of a mean, from the sum of the values and that of their squares; null below two.
    In: the name that counted_sums was given, an expression of how many values there are.
    Call: variance_of_mean('wins', 'conversions'). Out: a double expression. -#}
{% macro variance_of_mean(name, leads) -%}
    {%- set many = 'cast(' ~ leads ~ ' as double precision)' -%}
    case
        when {{ leads }} > 1
            then greatest(
                0,
                cast({{ name }}_squares as double precision)
                - power(cast({{ name }}_sum as double precision), 2) / {{ many }}
            ) / ({{ many }} * ({{ many }} - 1))
    end
{%- endmacro %}
