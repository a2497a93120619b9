{#- A column of an event as text where a row of attributes declares it, else null. A time is taken
    as it is written, so that a date stays that date in every reporting time zone (0001, number 4).
    In: a column's name, the columns of events (input_columns); the input events and event_reading
    in scope. Call: declared_value('url', columns). Out: a text expression. -#}
{% macro declared_value(column, columns) -%}
    case
        when event_reading.{{ adapter.quote('reads ' ~ column) }}
            then {{ lead_scoring.input_value('events', column, columns) }}
    end
{%- endmacro %}
