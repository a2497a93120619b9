{#- A number as text, with no more decimals than it has: 2.5, 100.
    In: an expression of a number. Call: decimal_text('points'). Out: a text expression. -#}
{% macro decimal_text(number) -%}
    {%- set exact = 'cast(' ~ number ~ ' as ' ~ lead_scoring.type_name('decimal', 38, 10) ~ ')' -%}
    {#- by patterns: arguments of a trim of the right end stand the other way round on Spark -#}
    {{ lead_scoring.replaced_pattern(
        lead_scoring.replaced_pattern(
            'cast(' ~ exact ~ ' as ' ~ lead_scoring.type_name('text') ~ ')',
            '^(.*[.].*[1-9])0+$', '\\1'
        ), '[.]0*$', ''
    ) }}
{%- endmacro %}
