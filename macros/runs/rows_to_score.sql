{#- The rows of a table with a moment_key that this run scores: all of them, or those of the moments
    that are touched.
    In: a relation. Call: rows_to_score(ref('int_lead_scoring__reasons')).
    Out: a relation, or a select statement in brackets. -#}
{% macro rows_to_score(relation) -%}
    {%- if lead_scoring.recomputes_all('scores') -%}
        {{ relation }}
    {%- else -%}
        (
            select kept_rows.*
            from {{ relation }} as kept_rows
            where kept_rows.moment_key in (
                select moment_key
                from {{ lead_scoring.model_relation('int_lead_scoring__moments') }}
                where is_touched
            )
        )
    {%- endif -%}
{%- endmacro %}
