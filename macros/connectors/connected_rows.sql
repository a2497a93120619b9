{#- A select of the rows of all connectors that are chosen, each with its tool and the tool's place
    among them; a column that a connector does not have is null.
    In: table, as the models of a connector end in its name; columns.
    Call: connected_rows('leads', ['lead_id', 'email']). Out: a select statement. -#}
{% macro connected_rows(table, columns) -%}
    {%- set tools = lead_scoring.connectors() -%}
    {%- set text = lead_scoring.type_name('text') -%}
    {#- What a tool's connector has besides leads and events, which all have: of CRMs what became of
        leads and deals, of web tools at most merges. other is a map of a folder's own, which
        commands alone read. -#}
    {%- set of_deals = ['companies', 'deals', 'deal_people', 'deal_stages', 'stages'] -%}
    {%- set tables = {
        'hubspot': ['lead_merges', 'outcomes'] + of_deals,
        'salesforce': ['lead_merges', 'outcomes'] + of_deals,
        'marketo': ['lead_merges', 'outcomes'],
        'segment': ['lead_merges'],
        'snowplow': ['lead_merges'],
        'ga4': [],
        'other': ['lead_merges'],
    } -%}
    {%- for tool in tools if table in ['leads', 'events'] + tables[tool] %}
    {%- set relation = ref('stg_lead_scoring__' ~ tool ~ '_' ~ table) %}
    {%- set found = [] %}
    {%- if execute and not lead_scoring.is_linted() %}
    {%- for column in lead_scoring.relation_columns(relation) %}
    {%- do found.append(column.name | lower) %}
    {%- endfor %}
    {%- endif %}
    select
        cast('{{ tool }}' as {{ text }}) as tool,
        {{ tools.index(tool) }} as place,
        {%- for column in columns %}
        {{ column if column in found else 'cast(null as ' ~ text ~ ')' }} as {{ column }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from {{ relation }}
    union all
    {%- endfor %}
    select
        cast(null as {{ text }}) as tool,
        0 as place,
        {%- for column in columns %}
        cast(null as {{ text }}) as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    where false
{%- endmacro %}
