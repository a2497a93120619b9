{#- The statement after which the engine's planner knows how large a table that has just been made
    is, and what it holds; nothing where engines see to that themselves.
    Call: post-hook: "{{ lead_scoring.analyze_table() }}". Out: a statement, or nothing. -#}
{% macro analyze_table() -%}
    {{ return(adapter.dispatch('analyze_table', 'lead_scoring')()) }}
{%- endmacro %}

{% macro default__analyze_table() -%}
{%- endmacro %}

{#- Until a table is analyzed, it is taken for one of few rows: joins become loops within loops. -#}
{% macro postgres__analyze_table() -%}
    {%- if model.config.materialized != 'view' -%}
    analyze {{ this }}
    {%- endif -%}
{%- endmacro %}
