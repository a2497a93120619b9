{#- The lead id of a person whom a web tool knows by a user id: that id itself where the settings'
    user_id is lead_id, which it is by itself where a CRM is among the tools; else the tool's name
    and the id, for people of an app have numbers that CRMs have too.
    In: tool, a text expression. Call: person_id('segment', 'user_id'). Out: a text expression. -#}
{% macro person_id(tool, user_id) -%}
    {%- if lead_scoring.makes_leads(tool) -%}
    '{{ tool }}-' || {{ user_id }}
    {%- elif 'salesforce' in lead_scoring.connectors() -%}
    case
        when {{ lead_scoring.matches_pattern(user_id, '^00[Q3][a-zA-Z0-9]{15}$') }}
            then {{ lead_scoring.salesforce_id(user_id) }}
        else {{ user_id }}
    end
    {%- else -%}
    {{ user_id }}
    {%- endif -%}
{%- endmacro %}
