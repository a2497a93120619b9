{#- How many merges in a row are followed. Call: steps_of_merges(). Out: a number, for Jinja. -#}
{% macro steps_of_merges() %}
    {{ return(64 if not lead_scoring.is_linted() else 2) }}
{% endmacro %}
