{#- A select of every row of an input table: each column as clean text under its lower-cased name,
    the contract's time columns as UTC timestamps, columns that are not there as nulls, and besides:
      quarantine_cause  why the row cannot be used as it stands (0001, number 7); null: it can
      <time>_as_text    each time column as it is written, for row_text
    In: table; optionally a condition on the input's own columns.
    Call: input_rows('leads'). Out: a select statement. -#}
{% macro input_rows(table, condition=none) %}
    {%- set contract = lead_scoring.input_contract(table) -%}
    {%- set found = lead_scoring.input_columns(table) -%}
    {%- set relation = lead_scoring.input_relation(table) -%}
    {%- set columns = contract.columns + lead_scoring.other_columns(table, found) -%}
    {#- what each time is read from: of a column that is a time already there is nothing to read -#}
    {%- set times = {} -%}
    {%- set texts_of_times = [] -%}
    {%- for column in contract.times -%}
        {%- if column in found and lead_scoring.is_time(found[column]) -%}
            {%- do times.update({column: 'clean_rows.' ~ column ~ '_as_time'}) -%}
        {%- else -%}
            {%- do times.update({column: lead_scoring.input_time_of('clean_rows.' ~ column)}) -%}
            {%- do texts_of_times.append(column) -%}
        {%- endif -%}
    {%- endfor -%}
    select
        {%- for column in columns %}
        {%- if column in times %}
        {{ times[column] }} as {{ column }},
        clean_rows.{{ column }} as {{ column }}_as_text,
        {%- else %}
        clean_rows.{{ lead_scoring.column_name(column) }},
        {%- endif %}
        {%- endfor %}
        case
            {%- for column in contract.required %}
            when {{ 'clean_rows.' ~ column if column in texts_of_times
                else times.get(column, 'clean_rows.' ~ column) }} is null
                then '{{ column }} is missing'
            {%- endfor %}
            {%- for column in texts_of_times if column in found %}
            when clean_rows.{{ column }} is not null and {{ times[column] }} is null
                then '{{ column }} cannot be read'
            {%- endfor %}
        end as quarantine_cause
    from (
        select
            {%- for column in times if column not in texts_of_times %}
            {{ lead_scoring.utc_time(found[column]) }} as {{ column }}_as_time,
            {%- endfor %}
            {%- for column in columns %}
            {%- set value = lead_scoring.clean_text(found[column], column in contract.ids)
                if column in found else 'cast(null as ' ~ lead_scoring.type_name('text') ~ ')' %}
            {{ value }} as {{ lead_scoring.column_name(column) }}{{ ',' if not loop.last }}
            {%- endfor %}
        {%- if relation is none %}
        where false
        {%- else %}
        from {{ relation }}
        {%- if condition is not none %}
        where {{ condition }}
        {%- endif %}
        {%- endif %}
        {{ lead_scoring.evaluated_once() }}
    ) as clean_rows
{%- endmacro %}
