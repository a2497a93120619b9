{#- The columns of a tool's people that its settings name besides those of the contract, ours ->
    theirs, as in lead_scoring_hubspot: {columns: {plan: property_plan}}. Each becomes an attribute
    that rules may name; one of the contract's own is read instead of what the connector knows.
    In: tool. Call: further_columns('hubspot'). Out: a dictionary. -#}
{% macro further_columns(tool) %}
    {{ return(lead_scoring.connector_settings(tool).get('columns', none) or {}) }}
{% endmacro %}
