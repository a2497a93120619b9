{#- The text of a column of an event, as conditions read it. A day that the input writes alone stays
    one: as an instant it would be another day in time zones west of UTC (decision 4).
    In: one of event_columns; a relation named events in scope. Call: event_value('channel').
    Out: a text expression. -#}
{% macro event_value(column) -%}
    {%- if column == 'occurred_at' -%}
        case
            when events.is_day_alone then cast(cast(events.occurred_at as date) as varchar)
            else cast(events.occurred_at as varchar)
        end
    {%- else -%}
        events.{{ adapter.quote(column) }}
    {%- endif -%}
{%- endmacro %}
