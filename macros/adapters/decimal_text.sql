{#- A number as text, with no more decimals than it has: 2.5, 100.
    In: an expression of a number. Call: decimal_text('points'). Out: a text expression. -#}
{% macro decimal_text(number) -%}
    {{ return(adapter.dispatch('decimal_text', 'lead_scoring')(
        'cast(' ~ number ~ ' as ' ~ lead_scoring.type_name('decimal', 38, 10) ~ ')'
    )) }}
{%- endmacro %}

{#- By patterns: arguments of a trim of the right end stand the other way round on Spark. -#}
{% macro default__decimal_text(exact) -%}
    {{ lead_scoring.replaced_pattern(
        lead_scoring.replaced_pattern(
            'cast(' ~ exact ~ ' as ' ~ lead_scoring.type_name('text') ~ ')',
            '^(.*[.].*[1-9])0+$', '\\1'
        ), '[.]0*$', ''
    ) }}
{%- endmacro %}

{#- dbt turns off the mode in which a cast writes a small decimal out: 0, and not 0E-10. -#}
{% macro spark__decimal_text(exact) -%}
    format_number({{ exact }}, '0.##########')
{%- endmacro %}
