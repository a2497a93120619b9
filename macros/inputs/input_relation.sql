{#- The relation that holds an input table: the var lead_scoring_<table> where it is set, else what
    the connectors of the var lead_scoring_sources make of it, else the source.
    In: table (leads, events, outcomes, lead_merges). Call: input_relation('leads').
    Out: a relation, or the text of one. An installed package without a var for lead_merges has no
    merges: the answer is then none. -#}
{% macro input_relation(table) %}
    {% set own_relation = var('lead_scoring_' ~ table, none) %}
    {% if own_relation is not none %}
        {{ return(own_relation) }}
    {% elif lead_scoring.is_connected(table) %}
        {{ return(ref('stg_lead_scoring__connected_' ~ table)) }}
    {% elif table == 'lead_merges' and target.profile_name != 'lead_scoring' %}
        {{ return(none) }}
    {% endif %}
    {{ return(source('lead_scoring_inputs', table)) }}
{% endmacro %}
