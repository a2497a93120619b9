{#- A column of an event as text where a row of attributes declares it, else null. A time is taken
    as it is written, so that a date stays that date in every reporting time zone (decision 4).
    In: a column's name; the input events and event_reading in scope. Call: declared_value('url').
    Out: a text expression. -#}
{% macro declared_value(column) -%}
    case
        when event_reading.{{ adapter.quote('reads ' ~ column) }}
            then {{ lead_scoring.input_value('events', column) }}
    end
{%- endmacro %}
