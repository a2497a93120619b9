{#- What a project says about one tool: the var lead_scoring_<tool>, a dictionary. Its keys are
    those that docs/how-to/connectors names; none has to be there.
    In: tool. Call: connector_settings('hubspot').get('time_zone'). Out: a dictionary. -#}
{% macro connector_settings(tool) %}
    {{ return(var('lead_scoring_' ~ tool, none) or {}) }}
{% endmacro %}
