{#- A key that is equal for events that no rule can tell apart: the event type and those columns
    that rules for this type name. A hash, so that events need not look it up; the tested key of
    int_lead_scoring__event_combinations shows that no two combinations share one.
    In: the input events and uses_of_event_types in scope. Call: combination_key().
    Out: an expression. -#}
{% macro combination_key() -%}
    {%- set parts = ['lower(' ~ lead_scoring.input_value('events', 'event_type') ~ ')'] -%}
    {%- for column in lead_scoring.event_columns() if column != 'event_type' -%}
        {%- do parts.append(lead_scoring.event_value_in_use(column)) -%}
    {%- endfor -%}
    {{ lead_scoring.short_hash(parts) }}
{%- endmacro %}
