{#- One text that is equal for events that no rule can tell apart: the event type and those columns
    that rules for this type name.
    In: relations named events and event_types_in_use in scope. Call: event_combination().
    Out: a text expression. -#}
{% macro event_combination() -%}
    events.event_type
    {%- for column in lead_scoring.event_columns() if column != 'event_type' %}
    || case
        when event_types_in_use.{{ adapter.quote('uses ' ~ column) }}
            then chr(1) || coalesce({{ lead_scoring.event_value(column) }}, '')
        else ''
    end
    {%- endfor %}
{%- endmacro %}
