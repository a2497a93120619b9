{#- A relation as a view names it: without the database if that is the view's own. DuckDB stores the
    names of a view as they were written and calls a database after its file, so that a view that
    names it breaks as soon as the file is copied, renamed or attached under another name.
    In: a relation. Call: in_same_database(ref('lead_scores')). Out: a relation. -#}
{% macro in_same_database(relation) -%}
    {{ return(adapter.dispatch('in_same_database', 'lead_scoring')(relation)) }}
{%- endmacro %}

{% macro default__in_same_database(relation) -%}
    {{ return(relation) }}
{%- endmacro %}

{#- Elsewhere a view holds what it reads by another name than the one that was written. -#}
{% macro duckdb__in_same_database(relation) -%}
    {{ return(relation.include(database=relation.database != this.database)) }}
{%- endmacro %}
