{#- A name that our package has too. -#}
{% macro normalised(text) -%}
    {{ return(adapter.dispatch('normalised', 'beside')(text)) }}
{%- endmacro %}

{% macro default__normalised(text) -%}
    beside: {{ text }}
{%- endmacro %}
