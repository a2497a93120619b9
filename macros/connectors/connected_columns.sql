{#- The columns that a model of a connector has.
    In: the model's relation. Call: connected_columns(ref('stg_lead_scoring__hubspot_leads')).
    Out: a list of lower-cased names; empty while dbt only parses, and for the linter. -#}
{% macro connected_columns(relation) %}
    {%- set names = [] -%}
    {%- if execute and not lead_scoring.is_linted() -%}
        {%- for column in adapter.get_column_schema_from_query('select * from ' ~ relation) -%}
            {%- do names.append(column.name | lower) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(names) }}
{% endmacro %}
