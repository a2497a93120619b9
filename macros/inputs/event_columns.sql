{#- The columns of events that rules may name: those of the contract but ids and loaded_at, and
    all that the input has besides, but for one with the name of the contents' own key.
    In: the columns of events (input_columns). Call: event_columns(columns).
    Out: a list of lower-cased names. -#}
{% macro event_columns(found) %}
    {% set contract = lead_scoring.input_contract('events') %}
    {% set taken = contract.ids + ['loaded_at', 'content_key'] %}
    {% set columns = contract.columns + lead_scoring.other_columns('events', found) %}
    {{ return(columns | reject('in', taken) | list) }}
{% endmacro %}
