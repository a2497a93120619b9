{#- The columns of int_lead_scoring__event_types_in_use that decide how event rows are read.
    Call: columns_of_event_types(). Out: a list of expressions. -#}
{% macro columns_of_event_types() %}
    {% set columns = ['event_type', 'is_click'] %}
    {% for column in lead_scoring.event_columns() if column != 'event_type' %}
        {% do columns.append(adapter.quote('uses ' ~ column)) %}
    {% endfor %}
    {{ return(columns) }}
{% endmacro %}
