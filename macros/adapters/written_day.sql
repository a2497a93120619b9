{#- The date that a text is; null where it is none.
    In: a text expression. Call: written_day('left(loaded_at, 10)'). Out: a date expression. -#}
{% macro written_day(text) -%}
    {{ return(adapter.dispatch('written_day', 'lead_scoring')(text)) }}
{%- endmacro %}

{% macro default__written_day(text) -%}
    try_cast({{ text }} as date)
{%- endmacro %}
