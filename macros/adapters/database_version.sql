{#- The version of the database as text: another one may compute other short hashes.
    Call: database_version(). Out: a text expression. -#}
{% macro database_version() -%}
    {{ return(adapter.dispatch('database_version', 'lead_scoring')()) }}
{%- endmacro %}

{% macro default__database_version() -%}
    version()
{%- endmacro %}
