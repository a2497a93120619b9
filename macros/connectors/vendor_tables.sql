{#- The columns that tables of a tool really have, by their plain names, and under a blank name the
    table itself. A table is found as the settings call it, lead_scoring_hubspot: {contact: people},
    by its own name, or as another loader writes that: contacts, Companies, emailevent, user. Asked
    for once a model, for all its tables, so that the schema is looked at once, and so that a unit
    test can answer in one piece.
    In: tool, tables. Call: vendor_tables('hubspot', ['contact', 'company']).
    Out: table -> plain name -> column; nothing for a table that is not there, while dbt only
    parses, and for the linter. -#}
{% macro vendor_tables(tool, tables) %}
    {%- set place = source('lead_scoring_' ~ tool, tables[0]) -%}
    {%- set listed = {} -%}
    {%- if execute and not lead_scoring.is_linted()
        and adapter.check_schema_exists(place.database, place.schema) -%}
        {#- adapter.get_relation refuses a name in other letters -#}
        {%- for row in dbt.list_relations_without_caching(place.without_identifier()).rows -%}
            {%- set relation = place.incorporate(path={'identifier': row[1]}) -%}
            {%- do listed.update({lead_scoring.plain_name(row[1]): relation}) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- set found = {} -%}
    {%- for table in tables -%}
        {%- set columns = {} -%}
        {%- for name in [
            lead_scoring.connector_settings(tool).get(table, table), table ~ 's',
            modules.re.sub('y$', 'ies', table), modules.re.sub('s$', '', table),
        ] if lead_scoring.plain_name(name) in listed and not columns -%}
            {%- set relation = listed[lead_scoring.plain_name(name)] -%}
            {%- do columns.update({'': relation}) -%}
            {#- a tool's own column before a field of the same name, and the first of two; a field
                that somebody called id, or record id, is not that of the record -#}
            {%- set own, fields = {}, {} -%}
            {%- for column in lead_scoring.relation_columns(relation) -%}
                {%- set name = lead_scoring.plain_name(column.name) -%}
                {%- set is_field = name != lead_scoring.plain_name('x' ~ column.name)[1:] -%}
                {%- if not (is_field and name in ['id', 'recordid']) -%}
                    {%- do (fields if is_field else own).setdefault(name, column) -%}
                {%- endif -%}
            {%- endfor -%}
            {%- do columns.update(dict(fields, **own)) -%}
        {%- endfor -%}
        {%- do found.update({table: columns}) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
