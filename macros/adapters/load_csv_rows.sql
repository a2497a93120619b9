{#- How dbt fills the table of a seed on DuckDB, in place of dbt-duckdb's two ways: the slow one
    asks the adapter for the placeholder of each cell, and the fast one reads the file where it lay
    when dbt last read the project, which another run's folder may be.
    Values go by the names of their columns, as dbt has read them, each column as one text in JSON:
    DuckDB takes 0.1 seconds for the 68,000 rows of lead_scoring__lists, and 4 for 15,000 of them as
    lists of Python's.
    Cells of a column that is configured as varchar are texts as they are.
    Call: dbt's own, with the seed and its rows. Out: the statement. -#}
{% macro duckdb__load_csv_rows(model, agate_table) -%}
    {%- set columns = get_seed_column_quoted_csv(model, agate_table.column_names) -%}
    {%- set texts = [] -%}
    {%- for column in agate_table.columns -%}
        {%- set values = column.values() | list -%}
        {%- if model['config'].get('column_types', {}).get(column.name) != 'varchar' -%}
            {%- set values = [] -%}
            {%- for value in column.values() -%}
                {%- do values.append(none if value is none else value | string) -%}
            {%- endfor -%}
        {%- endif -%}
        {%- do texts.append(tojson(values)) -%}
    {%- endfor -%}
    {%- set unnested = 'unnest(cast(cast(? as json) as varchar[]))' -%}
    {%- set statement = (
        'insert into ' ~ this ~ ' (' ~ columns ~ ') select '
        ~ ([unnested] * texts | length) | join(', ')
    ) -%}
    {%- do adapter.add_query(statement, bindings=texts, abridge_sql_log=True) -%}
    {{ return(statement) }}
{%- endmacro %}

{#- How dbt fills the table of a seed on PostgreSQL where all its columns are texts: at once, and
    not by a placeholder for each cell, which takes 17 seconds for lead_scoring__lists. -#}
{% macro postgres__load_csv_rows(model, agate_table) -%}
    {%- set types = model['config'].get('column_types', {}) -%}
    {%- set texts = [] -%}
    {%- for column in agate_table.columns if types.get(column.name) == 'varchar' -%}
        {%- do texts.append(column.values() | list) -%}
    {%- endfor -%}
    {%- if texts | length < agate_table.columns | length -%}
        {{ return(dbt.default__load_csv_rows(model, agate_table)) }}
    {%- endif -%}
    {%- set statement = (
        'insert into ' ~ this ~ ' (' ~ get_seed_column_quoted_csv(model, agate_table.column_names)
        ~ ') select * from unnest(' ~ (['cast(%s as text[])'] * texts | length) | join(', ') ~ ')'
    ) -%}
    {%- do adapter.add_query(statement, bindings=texts, abridge_sql_log=True) -%}
    {{ return(statement) }}
{%- endmacro %}

{#- How dbt fills the table of a seed on Spark: at once too, each column as one text in JSON, since
    its sessions write a blank cell as a text 'None' and leave an apostrophe as it is. -#}
{% macro spark__load_csv_rows(model, agate_table) -%}
    {%- set types = model['config'].get('column_types', {}) -%}
    {%- set rows = [] -%}
    {%- for row in agate_table.rows -%}
        {%- set cells = [] -%}
        {%- for cell in row -%}
            {%- do cells.append(none if cell is none else cell | string) -%}
        {%- endfor -%}
        {%- do rows.append(cells) -%}
    {%- endfor -%}
    {%- set statement -%}
        insert into {{ this }} ({{ get_seed_column_quoted_csv(model, agate_table.column_names) }})
        select
            {%- for name in agate_table.column_names %}
            cast(cells[{{ loop.index0 }}] as {{ types.get(name, 'string') }})
            {{- ',' if not loop.last }}
            {%- endfor %}
        from (
            select explode(from_json(
                '{{ tojson(rows) | replace('\\', '\\\\') | replace("'", "\\'") }}',
                'array<array<string>>'
            )) as cells
        ) as seed_rows
    {%- endset -%}
    {%- do adapter.add_query(statement, abridge_sql_log=True) -%}
    {{ return(statement) }}
{%- endmacro %}

{#- Snowflake takes `of` for a name where it is quoted alone, and dbt quotes all names of a seed or
    none, which it would then not find by names that are not quoted. -#}
{% macro snowflake__create_csv_table(model, agate_table) -%}
    {%- set types = model['config'].get('column_types', {}) -%}
    {%- set columns = [] -%}
    {%- for name in agate_table.column_names -%}
        {%- set type = types.get(name, adapter.convert_type(agate_table, loop.index0)) -%}
        {%- do columns.append(lead_scoring.rule_column(name) ~ ' ' ~ type) -%}
    {%- endfor -%}
    {%- set create_table = 'create table ' ~ this ~ ' (' ~ columns | join(', ') ~ ')' -%}
    {%- do run_query(create_table) -%}
    {{ return(create_table) }}
{%- endmacro %}

{% macro snowflake__load_csv_rows(model, agate_table) -%}
    {%- set names = {} -%}
    {%- for name in agate_table.column_names -%}
        {%- do names.update({name: lead_scoring.rule_column(name)}) -%}
    {%- endfor -%}
    {{ return(dbt.default__load_csv_rows(model, agate_table.rename(column_names=names))) }}
{%- endmacro %}

{#- It has no lists; dbt's own way is for all who have none. -#}
{% macro redshift__load_csv_rows(model, agate_table) -%}
    {{ return(dbt.default__load_csv_rows(model, agate_table)) }}
{%- endmacro %}
