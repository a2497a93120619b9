{#- The number of this run: one more than that of the last run that came to its end. A run that was
    broken off leaves its number to the next.
    Call: run_number(). Out: a whole number, for Jinja. -#}
{% macro run_number() %}
    {% set finished = lead_scoring.model_relation('int_lead_scoring__finished_run') %}
    {% if finished is none %}
        {{ return(1) }}
    {% endif %}
    {{ return(run_query('select max(run_number) from ' ~ finished).rows[0][0] | int + 1) }}
{% endmacro %}
