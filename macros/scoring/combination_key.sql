{#- A key that is equal for events that no rule can tell apart: the event type and those columns
    that rules for this type name. A hash, so that events need not look it up; the tested key of
    int_lead_scoring__event_combinations shows that no two combinations share one.
    In: relations named events and event_types in scope. Call: combination_key().
    Out: an expression. -#}
{% macro combination_key() -%}
    {%- set parts = ['lower(events.event_type)'] -%}
    {%- for column in lead_scoring.event_columns() if column != 'event_type' -%}
        {%- set uses = 'event_types.' ~ adapter.quote('uses ' ~ column) -%}
        {%- do parts.append(
            'case when ' ~ uses ~ ' then ' ~ lead_scoring.event_value(column) ~ ' end'
        ) -%}
    {%- endfor -%}
    {{ lead_scoring.short_hash(parts) }}
{%- endmacro %}
