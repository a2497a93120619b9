{#- A column of an event as text, where rules for its type name it; else null. A time is taken as it
    is written, so that a date stays that date in every reporting time zone (decision 4).
    In: a column's name; the input events and uses_of_event_types in scope.
    Call: event_value_in_use('url'). Out: a text expression. -#}
{% macro event_value_in_use(column) -%}
    case
        when {{ adapter.quote('uses ' ~ column) }}
            then {{ lead_scoring.input_value('events', column) }}
    end
{%- endmacro %}
