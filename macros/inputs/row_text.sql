{#- All columns of an input row as one text, in the order of their names: it tells equal rows and
    breaks ties (0001, number 8). Ids and sessions stand in it as they came, since so they join
    rows; of other texts outer blanks say nothing.
    In: table, its columns (input_columns); a relation in scope with the columns of input_rows, or
    none: the input itself.
    Call: row_text('events', columns), row_text('leads', columns, 'lead_rows').
    Out: a text expression. Costs more than all else about a row, so it is asked for only where rows
    compete. -#}
{% macro row_text(table, columns, relation=none) -%}
    {%- set contract = lead_scoring.input_contract(table) -%}
    {%- for column in (contract.columns + lead_scoring.other_columns(table, columns)) | sort %}
    {%- if relation is not none -%}
        {%- set value = relation ~ '.' ~ (column ~ '_as_text' if column in contract.times
            else lead_scoring.column_name(column)) -%}
    {%- elif column == 'session_id' and column in columns -%}
        {%- set value = lead_scoring.clean_text(columns[column], is_id=true) -%}
    {%- else -%}
        {%- set value = lead_scoring.input_value(table, column, columns) -%}
    {%- endif %}
    coalesce({{ value }}, ''){{ ' || chr(1) ||' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
