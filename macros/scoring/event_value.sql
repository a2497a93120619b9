{#- A column of an event as rules see it: text. A time is taken as it is written, so that a date
    stays that date in every reporting time zone (decision 4).
    In: a column's name; a relation named events with the columns of input_rows in scope.
    Call: event_value('url'). Out: a text expression. -#}
{% macro event_value(column) -%}
    {%- set name = 'occurred_at_as_text' if column == 'occurred_at' else column -%}
    events.{{ adapter.quote(name) }}
{%- endmacro %}
