{#- The rows of a table with a lead_id from which this run derives held stages: all of them, or
    those of the leads whose stages can have changed (int_lead_scoring__restaged_leads).
    In: a relation. Call: rows_to_restage(ref('int_lead_scoring__stage_latches')).
    Out: a relation, or a select statement in brackets. -#}
{% macro rows_to_restage(relation) -%}
    {%- if lead_scoring.recomputes_all('comparisons') -%}
        {{ relation }}
    {%- else -%}
        (
            select all_rows.*
            from {{ relation }} as all_rows
            where all_rows.lead_id in (
                select lead_id
                from {{ lead_scoring.model_relation('int_lead_scoring__restaged_leads') }}
            )
        )
    {%- endif -%}
{%- endmacro %}
