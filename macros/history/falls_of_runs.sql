{#- A select of the run at which a label is left that is missed since some run, by the dwell that
    the run which leaves it ran under: missed_since and falls_at. Where the dwell is not over yet
    there is no row.
    In: a relation of runs with as_of and minimum_dwell_days.
    Call: falls_of_runs(ref('int_lead_scoring__run_log')). Out: a select statement. -#}
{% macro falls_of_runs(runs) -%}
    select
        runs_of_miss.as_of as missed_since,
        min(run_log.as_of) as falls_at
    from {{ runs }} as runs_of_miss
    inner join {{ runs }} as run_log
        on
            {{ dbt.dateadd('day', 'run_log.minimum_dwell_days', 'runs_of_miss.as_of') }}
            <= run_log.as_of
    group by runs_of_miss.as_of
{%- endmacro %}
