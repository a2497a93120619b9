{#- A select of the event types in use under names that no column of the input has: type_in_use,
    type_is_click and the "uses <column>" columns.
    Call: uses_of_event_types(). Out: a select statement. -#}
{% macro uses_of_event_types() -%}
    select
        event_type as type_in_use,
        {%- for column in lead_scoring.event_columns() if column != 'event_type' %}
        {{ adapter.quote('uses ' ~ column) }},
        {%- endfor %}
        is_click as type_is_click
    from {{ ref('int_lead_scoring__event_types_in_use') }}
{%- endmacro %}
