{#- dbt takes how a seed is loaded from the project that runs or from itself, never from a package:
    so this project passes on the package's own ways (docs/how-to/package.md). -#}
{% macro duckdb__load_csv_rows(model, agate_table) -%}
    {{ return(lead_scoring.duckdb__load_csv_rows(model, agate_table)) }}
{%- endmacro %}

{% macro spark__load_csv_rows(model, agate_table) -%}
    {{ return(lead_scoring.spark__load_csv_rows(model, agate_table)) }}
{%- endmacro %}

{% macro snowflake__create_csv_table(model, agate_table) -%}
    {{ return(lead_scoring.snowflake__create_csv_table(model, agate_table)) }}
{%- endmacro %}

{% macro snowflake__load_csv_rows(model, agate_table) -%}
    {{ return(lead_scoring.snowflake__load_csv_rows(model, agate_table)) }}
{%- endmacro %}
