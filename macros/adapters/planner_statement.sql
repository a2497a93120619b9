{#- The statement before or after a model is built that tells the engine's planner what it cannot
    know: how to join, and how large the table is that has just been made; nothing where engines see
    to that themselves.
    In: before or after. Call: post-hook: "{{ lead_scoring.planner_statement('after') }}".
    Out: a statement, or nothing. -#}
{% macro planner_statement(place) -%}
    {{ return(adapter.dispatch('planner_statement', 'lead_scoring')(place)) }}
{%- endmacro %}

{% macro default__planner_statement(place) -%}
{%- endmacro %}

{#- PostgreSQL takes a CTE of a join on two columns for one row, and then a loop over such CTEs,
    each computed again at every turn, for the cheapest: minutes for some thousand rows. Nearly all
    joins here are by equality; where one is not, it still loops, and takes the query for so dear
    that it would compile it first, for seconds. Until a table is analyzed, it is taken for one of
    few rows. -#}
{% macro postgres__planner_statement(place) -%}
    {%- if place == 'before' -%}
    set local enable_nestloop = off;
    set local jit = off
    {%- elif model.config.materialized != 'view' -%}
    analyze {{ this }}
    {%- endif -%}
{%- endmacro %}

{#- The tables that dbt_on_spark made of CTEs go. -#}
{% macro spark__planner_statement(place) -%}
    {%- if place == 'after' and model.compiled_code and model.config.materialized != 'view' -%}
        {%- for part in lead_scoring.ctes_apart(model.compiled_code, this).tables -%}
            {%- call statement() -%}
                drop table if exists {{ part.table }}
            {%- endcall -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

{#- It knows neither setting, and analyzes by itself. -#}
{% macro redshift__planner_statement(place) -%}
{%- endmacro %}
