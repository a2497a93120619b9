{#- A select of every row of an input table: each column as clean text under its lower-cased name,
    the contract's time columns as UTC timestamps, columns that are not there as nulls, and besides:
      quarantine_cause  why the row cannot be used as it stands (decision 7); null: it can
      <time>_as_text    each time column as it is written, for row_text
      load_day          of events: the day by which they are read
    In: table; optionally a condition on the input's own columns.
    Call: input_rows('events'). Out: a select statement. -#}
{% macro input_rows(table, condition=none) %}
    {%- set contract = lead_scoring.input_contract(table) -%}
    {%- set found = lead_scoring.input_columns(table) -%}
    {%- set relation = lead_scoring.input_relation(table) -%}
    {%- set others = lead_scoring.other_columns(table) -%}
    {%- set columns = contract.columns + others -%}
    select
        {%- for column in columns %}
        {%- if column in contract.times %}
        {{ lead_scoring.time_of_input('clean_rows', column, found.get(column)) }} as {{ column }},
        clean_rows.{{ column }} as {{ column }}_as_text,
        {%- else %}
        clean_rows.{{ adapter.quote(column) }},
        {%- endif %}
        {%- endfor %}
        {%- if table == 'events' %}
        clean_rows.load_day,
        {%- endif %}
        case
            {%- for column in contract.required %}
            when clean_rows.{{ column }} is null then '{{ column }} is missing'
            {%- endfor %}
            {%- for column in contract.times %}
            {%- set time = lead_scoring.time_of_input('clean_rows', column, found.get(column)) %}
            when clean_rows.{{ column }} is not null and {{ time }} is null
                then '{{ column }} cannot be read'
            {%- endfor %}
        end as quarantine_cause
    from (
        select
            {%- for column in contract.times if column in found %}
            {%- if lead_scoring.is_time(found[column]) %}
            {{ lead_scoring.utc_time(found[column]) }} as {{ column }}_as_time,
            {%- endif %}
            {%- endfor %}
            {%- if table == 'events' %}
            {{ lead_scoring.load_day() }} as load_day,
            {%- endif %}
            {%- for column in columns %}
            {%- if column not in found %}
            cast(null as varchar) as {{ adapter.quote(column) }}{{ ',' if not loop.last }}
            {%- else %}
            nullif({{ lead_scoring.clean_text(found[column], column not in contract.ids) }}, '')
                as {{ adapter.quote(column) }}{{ ',' if not loop.last }}
            {%- endif %}
            {%- endfor %}
        {%- if relation is none %}
        where false
        {%- else %}
        from {{ relation }}
        {%- if condition is not none %}
        where {{ condition }}
        {%- endif %}
        {%- endif %}
    ) as clean_rows
{%- endmacro %}
