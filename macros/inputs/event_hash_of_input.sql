{#- A short hash of the event id of an input row, over the input's own columns.
    In: the columns of events (input_columns). Call: event_hash_of_input(columns).
    Out: an expression. -#}
{% macro event_hash_of_input(columns) -%}
    {%- set column = columns.get('event_id') -%}
    {%- if column -%}
        {{ lead_scoring.short_hash([lead_scoring.clean_text(column, is_id=true)]) }}
    {%- else -%}
        {{ lead_scoring.short_hash(['cast(null as ' ~ lead_scoring.type_name('text') ~ ')']) }}
    {%- endif -%}
{%- endmacro %}
