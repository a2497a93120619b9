{#- A percentile of the values of a group, between two of them where it falls there; null without
    any. By the places of the values, since not every engine has a percentile of a group.
    In: an expression, a share from 0 to 1; expressions of the value's place among those of the
    group, from 1 on, and of how many values the group has; how many digits it may have in all.
    Call: percentile('minutes', 0.9, 'place', 'values_of_group'). Out: a decimal expression. -#}
{% macro percentile(value, share, place, count, digits=12) -%}
    {%- set below = share ~ ' * (' ~ count ~ ' - 1)' -%}
    {%- set rest = '(' ~ below ~ ' - floor(' ~ below ~ '))' -%}
    {%- set double = 'cast(' ~ value ~ ' as ' ~ lead_scoring.type_name('double') ~ ')' -%}
    {{ lead_scoring.statistic(
        'sum(case ' ~ place ~ ' - 1 - floor(' ~ below ~ ') when 0 then ' ~ double
        ~ ' * (1 - ' ~ rest ~ ') when 1 then ' ~ double ~ ' * ' ~ rest ~ ' end)',
        digits
    ) }}
{%- endmacro %}
