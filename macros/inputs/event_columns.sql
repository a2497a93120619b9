{#- The columns of events that rules may name: those of the contract but ids and loaded_at, and
    all that the input has besides.
    Call: event_columns(). Out: a list of lower-cased names. -#}
{% macro event_columns() %}
    {% set contract = lead_scoring.input_contract('events') %}
    {% set taken = contract.ids + [
        'event_key', 'lead_key', 'quarantine_cause', 'occurred_day', 'known_at', 'superseded_at',
        'loaded_at', 'is_day_alone',
    ] %}
    {% set columns = contract.columns + lead_scoring.other_columns('events') %}
    {{ return(columns | reject('in', taken) | list) }}
{% endmacro %}
