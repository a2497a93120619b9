{#- The sum of a whole number and of its square over leads that are counted in groups, exact.
    In: an expression of the number, one of how many leads have it, a name.
    Call: counted_sums('others_beaten', 'conversions', 'wins').
    Out: columns <name>_sum and <name>_squares, for a select that is grouped. -#}
{% macro counted_sums(number, leads, name) -%}
    {%- set exact = 'cast(' ~ number ~ ' as decimal(12, 0))' -%}
    sum({{ exact }} * cast({{ leads }} as decimal(12, 0))) as {{ name }}_sum,
    sum({{ exact }} * {{ exact }} * cast({{ leads }} as decimal(12, 0))) as {{ name }}_squares
{%- endmacro %}
