{#- The names of the attributes that the project derives. Call: derived_attributes().
    Out: a list of names. -#}
{% macro derived_attributes() %}
    {{ return(lead_scoring.sources_of_derived_attributes() | list) }}
{% endmacro %}
