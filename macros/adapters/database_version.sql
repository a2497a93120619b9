{#- What the short hashes of this database depend on, as text: where it is another, they may be.
    Call: database_version(). Out: a text expression. -#}
{% macro database_version() -%}
    {{ return(adapter.dispatch('database_version', 'lead_scoring')()) }}
{%- endmacro %}

{% macro default__database_version() -%}
    'md5'
{%- endmacro %}

{#- Its hashes may be others in another version. -#}
{% macro duckdb__database_version() -%}
    version()
{%- endmacro %}
