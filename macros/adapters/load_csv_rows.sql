{#- How dbt fills the table of a seed on DuckDB, in place of dbt-duckdb's two ways: the slow one
    asks the adapter for the placeholder of each cell, and the fast one reads the file where it lay
    when dbt last read the project, which another run's folder may be.
    Values go by the names of their columns, as dbt has read them, one list for each column.
    Call: dbt's own, with the seed and its rows. Out: the statement. -#}
{% macro duckdb__load_csv_rows(model, agate_table) -%}
    {%- set columns = get_seed_column_quoted_csv(model, agate_table.column_names) -%}
    {%- set lists = [] -%}
    {%- for column in agate_table.columns -%}
        {%- do lists.append(column.values() | list) -%}
    {%- endfor -%}
    {%- set statement = (
        'insert into ' ~ this ~ ' (' ~ columns ~ ') select '
        ~ (['unnest(?)'] * lists | length) | join(', ')
    ) -%}
    {%- do adapter.add_query(statement, bindings=lists, abridge_sql_log=True) -%}
    {{ return(statement) }}
{%- endmacro %}
