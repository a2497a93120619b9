{#- The columns that tables of a tool really have, by their plain names. Asked for once a model,
    for all its tables, so that a unit test can answer in one piece.
    In: tool, tables. Call: vendor_tables('hubspot', ['contact', 'company']).
    Out: table -> plain name -> column; nothing for a table that is not there, while dbt only
    parses, and for the linter. -#}
{% macro vendor_tables(tool, tables) %}
    {%- set found = {} -%}
    {%- for table in tables -%}
        {%- set columns = {} -%}
        {%- set relation = lead_scoring.vendor_relation(tool, table) -%}
        {%- if execute and relation is not none and not lead_scoring.is_linted() -%}
            {%- for column in adapter.get_column_schema_from_query('select * from ' ~ relation) -%}
                {%- do columns.update({lead_scoring.plain_name(column.name): column}) -%}
            {%- endfor -%}
        {%- endif -%}
        {%- do found.update({table: columns}) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
