{#- A relation as a view names it: without the database if that is the view's own. DuckDB stores the
    names of a view as they were written and calls a database after its file, so that a view that
    names it breaks as soon as the file is copied, renamed or attached under another name; others
    find a relation of the view's own database without its name too.
    In: a relation. Call: in_same_database(ref('lead_scores')). Out: a relation. -#}
{% macro in_same_database(relation) -%}
    {#- the rows of a unit test are a CTE, which is in none -#}
    {%- set has_other = not relation.is_cte and relation.database != this.database -%}
    {{ return(relation.include(database=has_other)) }}
{%- endmacro %}
