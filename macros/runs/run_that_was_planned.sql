{#- A select of the number of the run that was planned last, as one row; null where none was.
    In: a relation with run_number. Call: run_that_was_planned('this_run').
    Out: a select statement with run_number. -#}
{% macro run_that_was_planned(run) -%}
    {%- set planned = lead_scoring.model_relation('int_lead_scoring__run_plan') %}
    {%- if planned %}
    select max(run_number) as run_number
    from {{ planned }}
    {%- else %}
    select nullif(run_number, run_number) as run_number
    from {{ run }}
    {%- endif %}
{%- endmacro %}
