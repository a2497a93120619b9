{#- The statement before a model is built that tells the engine's planner what it cannot know;
    nothing where it needs to be told nothing.
    Call: pre-hook: "{{ lead_scoring.planner_settings() }}". Out: a statement, or nothing. -#}
{% macro planner_settings() -%}
    {{ return(adapter.dispatch('planner_settings', 'lead_scoring')()) }}
{%- endmacro %}

{% macro default__planner_settings() -%}
{%- endmacro %}

{#- PostgreSQL takes a CTE of a join on two columns for one row, and then a loop over such CTEs,
    each computed again at every turn, for the cheapest: minutes for some thousand rows. Nearly all
    joins here are by equality; where one is not, it still loops, and takes the query for so dear
    that it would compile it first, for seconds. -#}
{% macro postgres__planner_settings() -%}
    set local enable_nestloop = off;
    set local jit = off
{%- endmacro %}
