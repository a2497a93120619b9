{#- A select of what the last finished run knew of the input, from a table that keeps it in a column
    beside what the latest run saw: the latter counts where that run came to its end.
    In: the model's name, its key and its value column. Where there is no such table yet, no row.
    Call: known_input('stg_lead_scoring__event_load_days', 'load_day', 'rows').
    Out: a select statement with the key and the value. -#}
{% macro known_input(model_name, key, value) -%}
    {%- set known = lead_scoring.model_relation(model_name) -%}
    {%- if known is none %}
    select
        {{ key }},
        {{ value }}
    from current_input
    where false
    {%- else %}
    select
        {{ key }},
        case
            when run_number = {{ lead_scoring.run_number() - 1 }} then {{ value }}
            else {{ value }}_in_finished_run
        end as {{ value }}
    from {{ known }}
    {%- endif %}
{%- endmacro %}
