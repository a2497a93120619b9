{#- The condition on the input events by which a run reads only the load days that have changed. It
    names ranges of loaded_at where it can: engines skip what lies outside without reading it.
    Call: arrived_events_condition(). Out: a condition over the columns of the input. -#}
{% macro arrived_events_condition() -%}
    {%- set days = lead_scoring.model_relation('stg_lead_scoring__event_load_days') -%}
    {%- set changed = run_query(
        'select load_day, rows_without_loaded_at from ' ~ days
        ~ ' where is_changed order by load_day'
    ).rows -%}
    {%- set column = lead_scoring.input_columns('events').get('loaded_at') -%}
    {%- set load_days = changed | map(attribute=0) | list -%}
    {%- if not load_days -%}
        false
    {%- elif
        column and lead_scoring.is_time(column) and load_days[0] is not string
        and changed | map(attribute=1) | sum == 0
    -%}
        (
            {%- set one_day = modules.datetime.timedelta(days=1) -%}
            {%- for load_day in load_days %}
            {%- if loop.first or load_days[loop.index0 - 1] + one_day < load_day %}
            {{ 'or' if not loop.first }} {{ adapter.quote(column.name) }}
                >= cast('{{ load_day }}' as {{ column.data_type }})
            {%- endif %}
            {%- if loop.last or load_day + one_day < load_days[loop.index0 + 1] %}
            and {{ adapter.quote(column.name) }}
                < cast('{{ load_day + one_day }}' as {{ column.data_type }})
            {%- endif %}
            {%- endfor %}
        )
    {%- else -%}
        {{ lead_scoring.load_day() }} in (
            {%- for load_day in load_days %}
            '{{ load_day | string | replace("'", "''") }}'{{ ',' if not loop.last }}
            {%- endfor %}
        )
    {%- endif -%}
{%- endmacro %}
