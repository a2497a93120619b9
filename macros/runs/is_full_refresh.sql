{#- Whether dbt was told to make everything anew. A macro, so that unit tests do not depend on it.
    Call: is_full_refresh(). Out: a boolean, for Jinja. -#}
{% macro is_full_refresh() %}
    {{ return(flags.FULL_REFRESH) }}
{% endmacro %}
