{#- Of the chosen tools those that know browsers and devices, and people by a user id at most.
    Call: web_tools(). Out: a list of names. -#}
{% macro web_tools() %}
    {{ return(lead_scoring.connectors() | select('in', ['segment', 'snowplow', 'ga4']) | list) }}
{% endmacro %}
