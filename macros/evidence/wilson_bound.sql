{#- An end of Wilson's 95 % interval of a rate; null without any.
    In: an expression of how many of them, one of how many in all, the end ('low' or 'high').
    Call: wilson_bound('conversions', 'leads', 'low'). Out: a decimal expression. -#}
{% macro wilson_bound(conversions, leads, end) -%}
    {%- set many = 'cast(nullif(' ~ leads ~ ', 0) as ' ~ lead_scoring.type_name('double') ~ ')' -%}
    {%- set square = 'power(' ~ lead_scoring.normal_quantile() ~ ', 2)' -%}
    {%- set spread = lead_scoring.normal_quantile() ~ ' * sqrt('
        ~ conversions ~ ' * (' ~ many ~ ' - ' ~ conversions ~ ') / ' ~ many
        ~ ' + ' ~ square ~ ' / 4)' -%}
    {{ lead_scoring.statistic(
        '(' ~ conversions ~ ' + ' ~ square ~ ' / 2 ' ~ ('-' if end == 'low' else '+') ~ ' '
        ~ spread ~ ') / (' ~ many ~ ' + ' ~ square ~ ')'
    ) }}
{%- endmacro %}
