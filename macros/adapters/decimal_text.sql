{#- A number as text, with no more decimals than it has: 2.5, 100.
    In: an expression of a number. Call: decimal_text('points'). Out: a text expression. -#}
{% macro decimal_text(number) -%}
    {{ return(adapter.dispatch('decimal_text', 'lead_scoring')(number)) }}
{%- endmacro %}

{% macro default__decimal_text(number) -%}
    rtrim(rtrim(cast(cast({{ number }} as decimal(38, 10)) as {{ dbt.type_string() }}), '0'), '.')
{%- endmacro %}
