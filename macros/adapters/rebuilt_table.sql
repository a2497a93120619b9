{#- Makes the table of the model that runs anew. The old one is there until the new one is.
    Call: rebuilt_table(). Out: what a materialization returns. -#}
{% macro rebuilt_table() -%}
    {{ return(adapter.dispatch('rebuilt_table', 'lead_scoring')()) }}
{%- endmacro %}

{#- as dbt makes a table -#}
{% macro default__rebuilt_table() -%}
    {%- set table = context.get('materialization_table_' ~ adapter.type()) -%}
    {{ return((table or materialization_table_default)()) }}
{%- endmacro %}

{#- DuckDB puts the new table in the old one's place within the transaction. dbt-duckdb keeps the
    old one under a third name until later, and asks the catalog about keys and indexes, which these
    tables have not. -#}
{% macro duckdb__rebuilt_table() -%}
    {%- set old = load_cached_relation(this) -%}
    {%- if old is not none and not old.is_table -%}
        {{ return(lead_scoring.default__rebuilt_table()) }}
    {%- endif -%}
    {%- set table = this.incorporate(type='table') -%}
    {%- set new_table = make_intermediate_relation(table) -%}
    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {% call statement('main') -%}
        {{ get_create_table_as_sql(False, new_table, compiled_code) }};
        drop table if exists {{ table }};
        alter table {{ new_table }} rename to {{ adapter.quote(table.identifier) }}
    {%- endcall %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do apply_grants(table, config.get('grants'), should_revoke=True) %}
    {% do persist_docs(table, model) %}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [table]}) }}
{%- endmacro %}
