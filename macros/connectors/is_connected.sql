{#- Whether the engine reads an input table from connectors: where lead_scoring_sources names a
    tool, and no var says where that table lies.
    In: table (leads, events, outcomes, lead_merges). Call: is_connected('leads').
    Out: a boolean, for Jinja. -#}
{% macro is_connected(table) %}
    {{ return(
        (var('lead_scoring_sources', none) or []) | length > 0
        and var('lead_scoring_' ~ table, none) is none
        and not lead_scoring.is_linted()
    ) }}
{% endmacro %}
