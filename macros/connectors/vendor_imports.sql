{#- The tables of a tool that a model reads, each as a CTE of its name: what vendor_columns names,
    as clean text, of several columns the first that is filled; null where the table has none of
    them, and no rows where the table is not there. A time (..._at) without a zone is of the tool's
    own zone (the settings' time_zone), if it has one, and then written in UTC. Of a table that a
    loader keeps with its history only the rows that hold now are read, unless it is asked since
    when a row does (fivetran start).
    In: tool, tables; further columns of the first of them, ours -> their name; the text that stands
    for nothing in the tool's cells, if it has one.
    Call: with {{ vendor_imports('hubspot', ['contact', 'company']) }}, final as (...).
    Out: CTEs, without `with` and a comma behind. -#}
{% macro vendor_imports(tool, tables, further={}, nothing=none) -%}
    {%- set tables_found = lead_scoring.vendor_tables(tool, tables) -%}
    {%- set zone_of_inputs = var('lead_scoring_input_time_zone', 'UTC') -%}
    {%- set zone = lead_scoring.connector_settings(tool).get('time_zone', zone_of_inputs) -%}
    {%- set text = lead_scoring.type_name('text') -%}
    {%- for table in tables %}
    {%- set found = tables_found.get(table, {}) %}
    {%- set relation = found.get('') or source('lead_scoring_' ~ tool, table) %}
    {%- set asked = dict(
        lead_scoring.vendor_columns(tool)[table], **(further if loop.first else {})
    ) %}
    {{ table }} as (
        select
            {%- for name, spellings in asked.items() %}
            {%- set values = [] %}
            {%- if spellings.startswith('=') %}
            {%- do values.append("cast('" ~ spellings[1:] ~ "' as " ~ text ~ ')') %}
            {%- endif %}
            {%- for spelling in (spellings or name).split('|') if not spellings.startswith('=') %}
            {%- set column = found.get(lead_scoring.plain_name(spelling)) %}
            {%- if column %}
            {%- set value = lead_scoring.clean_text(column) %}
            {%- set value = 'nullif(' ~ value ~ ", '" ~ nothing ~ "')" if nothing else value %}
            {%- if name.endswith('_at') and zone != zone_of_inputs
                and lead_scoring.column_kind(column) != 'zoned time' %}
            {%- set value = 'coalesce(cast(' ~ lead_scoring.input_time_of(value, zone) ~ ' as '
                ~ text ~ ") || 'Z', " ~ value ~ ')' %}
            {%- elif tool == 'salesforce' and (name == 'id' or name.endswith('_id')) %}
            {%- set value = lead_scoring.salesforce_id(value) %}
            {%- endif %}
            {%- do values.append(value) %}
            {%- endif %}
            {%- endfor %}
            {%- if name == 'is_deleted' and values | length > 1 %}
            {#- whichever of them says so #}
            {%- set each = [] %}
            {%- for value in values %}{% do each.append(lead_scoring.is_set(value)) %}{% endfor %}
            {%- do values.insert(0, 'case when ' ~ each | join(' or ') ~ " then 'true' end") %}
            {%- endif %}
            {{ values[0] if values | length == 1
                else 'coalesce(' ~ values | join(', ') ~ ')' if values
                else 'cast(null as ' ~ text ~ ')' }} as {{ name }}{{ ',' if not loop.last }}
            {%- endfor %}
        {%- if found %}
        from {{ relation }}
        {%- set is_latest = found.get('fivetranactive') %}
        {%- if is_latest and 'fivetran start' not in asked.values() | join('|') %}
        where {{ lead_scoring.is_set(lead_scoring.clean_text(is_latest)) }}
        {%- endif %}
        {%- else %}
        where false
        {%- endif %}
    ){{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
