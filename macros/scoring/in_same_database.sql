{#- A relation as a view names it: without the database if that is the view's own. DuckDB stores the
    names of a view as they were written and calls a database after its file, so that a view that
    names it breaks as soon as the file is copied, renamed or attached under another name; others
    find a relation of the view's own database without its name too.
    In: a relation. Call: in_same_database(ref('lead_scores')). Out: a relation. -#}
{% macro in_same_database(relation) -%}
    {#- on Spark nothing is in a database, nor are the rows of a unit test anywhere -#}
    {%- set is_in_another = relation.database not in (none, this.database) -%}
    {{ return(relation.include(database=is_in_another)) }}
{%- endmacro %}
