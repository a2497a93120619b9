{#- A key that is equal for events that no rule can tell apart: those of one type and of the same
    values in the columns that attributes declares. A hash, so that events need not look it up.
    In: the columns of events (input_columns); the input events and event_reading in scope.
    Call: content_key(columns). Out: an expression. -#}
{% macro content_key(columns) -%}
    {%- set parts = ['lower(' ~ lead_scoring.input_value('events', 'event_type', columns) ~ ')'] -%}
    {%- for column in lead_scoring.event_columns(columns) if column != 'event_type' -%}
        {%- do parts.append(lead_scoring.declared_value(column, columns)) -%}
    {%- endfor -%}
    {{ lead_scoring.short_hash(parts) }}
{%- endmacro %}
