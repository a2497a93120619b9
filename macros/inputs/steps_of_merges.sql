{#- How many merges in a row are followed, by the var lead_scoring_merges_in_a_row (16). Each is a
    join. Call: steps_of_merges(). Out: a number, for Jinja. -#}
{% macro steps_of_merges() %}
    {%- set steps = var('lead_scoring_merges_in_a_row', 16) | int -%}
    {{ return(2 if lead_scoring.is_linted() else steps) }}
{% endmacro %}
