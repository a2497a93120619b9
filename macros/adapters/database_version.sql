{#- The version of the database: another version may compute other short hashes.
    Call: database_version(). Out: text, for Jinja. -#}
{% macro database_version() %}
    {{ return(adapter.dispatch('database_version', 'lead_scoring')()) }}
{% endmacro %}

{% macro default__database_version() %}
    {{ return(run_query('select version()').rows[0][0] if execute else '') }}
{% endmacro %}
