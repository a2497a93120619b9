{#- What dbt calls on Spark, in place of its adapter's own: to make a table or a view of a query.
    Spark plans and computes a CTE anew at each use: what is long and read more than once becomes a
    table first, which planner_statement drops.
    In: as dbt has it. Call: dbt's own. Out: a statement. -#}
{% macro spark__create_table_as(temporary, relation, compiled_code, language='sql') -%}
    {%- set parts = lead_scoring.ctes_apart(compiled_code, this) -%}
    {%- for part in parts.tables -%}
        {%- call statement() -%}
            drop table if exists {{ part.table }}
        {%- endcall -%}
        {%- call statement() -%}
            create table {{ part.table }} using parquet as {{ part.query }}
        {%- endcall -%}
    {%- endfor -%}
    {{ return(dbt.spark__create_table_as(temporary, relation, parts.rest, language)) }}
{%- endmacro %}

{#- To enforce the not_null constraints of a contract. Delta Lake refuses to make a column of a
    table that is there not nullable: one check for all columns does the same.
    In: a relation; its columns, by name. Call: dbt's own. Out: nothing. -#}
{% macro spark__alter_column_set_constraints(relation, column_dict) %}
    {%- set filled = [] -%}
    {%- for name, column in column_dict.items() -%}
        {%- if column.constraints | selectattr('type', 'equalto', 'not_null') | list -%}
            {%- do filled.append(adapter.quote(name) ~ ' is not null') -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if filled and not is_incremental() -%}
        {%- call statement() -%}
            alter table {{ relation }} add constraint filled check ({{ filled | join(' and ') }})
        {%- endcall -%}
    {%- endif -%}
{% endmacro %}

{#- The strategy merge: as delete+insert of other engines, for several rows may have one key, and in
    one commit. The rows are written elsewhere first, since they are
    read from the table that changes; each comes twice, to take out and to be put in.
    In: as dbt has it. Out: the last of three statements. -#}
{% macro spark__get_merge_sql(target, source, unique_key, dest_columns, incremental_predicates) -%}
    {%- set written = target.incorporate(path={'identifier': target.identifier ~ '__rows'}) -%}
    {%- set keys = [unique_key] if unique_key is string else unique_key -%}
    {%- set columns = adapter.get_columns_in_relation(target)
        | map(attribute='quoted') | join(', ') -%}
    {%- call statement() -%}
        create or replace table {{ written }} using delta as select * from {{ source }}
    {%- endcall -%}
    {%- call statement() -%}
        merge into {{ target }} as kept
        using (
            select *, true as is_put_in from {{ written }}
            union all
            select *, false as is_put_in from {{ written }}
        ) as found
            on not found.is_put_in
            {%- for key in keys %} and kept.{{ key }} = found.{{ key }}{% endfor %}
        when matched then delete
        when not matched and found.is_put_in
            then insert ({{ columns }}) values (found.{{ columns | replace(', ', ', found.') }})
    {%- endcall -%}
    drop table {{ written }}
{%- endmacro %}
