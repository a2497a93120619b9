{#- What each tool's connector has besides leads and events, which all have: of CRMs what became of
    leads and deals, of web tools at most merges. other is a map of a folder's own, which commands
    alone read.
    In: tool. Call: connector_tables('hubspot'). Out: a list of names; of models, with the tool's
    name before them. -#}
{% macro connector_tables(tool) %}
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
    {{ return(['leads', 'events'] + tables[tool]) }}
{% endmacro %}
