{#- How dbt fills the table of a seed on DuckDB, in place of dbt-duckdb's slow path: it asks the
    adapter for the placeholder of each cell. Its fast path, for seeds that take it, is its own.
    Values go by the names of their columns, and as dbt has read them.
    Call: dbt's own, with the seed and its rows. Out: the first statement. -#}
{% macro duckdb__load_csv_rows(model, agate_table) -%}
    {%- if config.get('fast', true) -%}
        {{ return(dbt.duckdb__load_csv_rows(model, agate_table)) }}
    {%- endif -%}
    {%- set table = adapter.convert_datetimes_to_strs(agate_table) -%}
    {%- set columns = get_seed_column_quoted_csv(model, table.column_names) -%}
    {%- set row_of_placeholders = '(' ~ ('?, ' * table.column_names | length)[:-2] ~ ')' -%}
    {%- set statements = [] -%}
    {%- for rows in table.rows | batch(get_batch_size()) -%}
        {%- set values = [] -%}
        {%- for row in rows -%}
            {%- do values.extend(row) -%}
        {%- endfor -%}
        {%- do statements.append(
            'insert into ' ~ this ~ ' (' ~ columns ~ ') values '
            ~ ([row_of_placeholders] * rows | length) | join(', ')
        ) -%}
        {%- do adapter.add_query(statements[-1], bindings=values, abridge_sql_log=True) -%}
    {%- endfor -%}
    {{ return(statements | first | default('')) }}
{%- endmacro %}
