{#- A select of the last run that came to its end, as one row; of nulls where there was none.
    In: a relation with the columns of a run. Call: finished_run('this_run').
    Out: a select statement with run_number, as_of, as_of_day and the three fingerprints. -#}
{% macro finished_run(run) -%}
    {%- set finished = lead_scoring.model_relation('int_lead_scoring__finished_run') -%}
    {%- set columns = [
        'run_number', 'as_of', 'as_of_day', 'settings_fingerprint', 'reading_fingerprint',
        'rules_fingerprint',
    ] %}
    select
        {%- for column in columns %}
        {{ 'finished.' ~ column if finished else 'nullif(run.' ~ column ~ ', run.' ~ column ~ ')' }}
            as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ run }} as run
    {%- if finished %}
    left join {{ finished }} as finished on true
    {%- endif %}
{%- endmacro %}
