{#- Whether this run makes all rows of the kept tables of a scope anew, and not only those that have
    changed since the run before; int_lead_scoring__run_plan decides it.
    In: scope (events, leads, scores or comparisons). Call: recomputes_all('events').
    Out: a boolean, for Jinja; true while dbt only parses, and in unit tests. -#}
{% macro recomputes_all(scope) %}
    {% set plan = lead_scoring.model_relation('int_lead_scoring__run_plan') %}
    {% if plan is none or lead_scoring.is_full_refresh() %}
        {{ return(true) }}
    {% endif %}
    {% set answer = run_query('select recomputes_all_' ~ scope ~ ' from ' ~ plan) %}
    {{ return(answer.rows | length == 0 or answer.rows[0][0]) }}
{% endmacro %}
