{#- The table of a tool: as the settings call it (lead_scoring_hubspot: {contact: people}), under
    its own name, or as another loader writes that: contacts, companies, emailevent, user.
    In: tool, table. Call: vendor_relation('hubspot', 'contact').
    Out: a relation; none where there is no such table. -#}
{% macro vendor_relation(tool, table) %}
    {%- set relation = source('lead_scoring_' ~ tool, table) -%}
    {%- if not execute or lead_scoring.is_linted() or relation.is_cte -%}
        {{ return(relation) }}
    {%- endif -%}
    {%- for name in [
        lead_scoring.connector_settings(tool).get(table, table), table ~ 's',
        modules.re.sub('y$', 'ies', table), modules.re.sub('s$', '', table),
        table | replace('_', ''),
    ] -%}
        {%- set found = adapter.get_relation(relation.database, relation.schema, name) -%}
        {%- if found is not none -%}
            {{ return(found) }}
        {%- endif -%}
    {%- endfor -%}
    {{ return(none) }}
{% endmacro %}
