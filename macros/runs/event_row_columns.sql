{#- The columns of an event row that do not depend on other rows.
    In: a relation in scope. Call: event_row_columns('arrived').
    Out: columns of a select, without a comma behind them. -#}
{% macro event_row_columns(relation) -%}
    {%- for column in [
        'event_hash', 'event_id', 'lead_id', 'combination_key', 'click_target', 'is_click',
        'is_of_bot_agent', 'occurred_at', 'occurred_day', 'known_at', 'load_day',
    ] %}
    {{ relation }}.{{ column }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
