{#- The text columns of leads, each an attribute that rules may name: those of the contract but ids
    of the row and times, and all that the input has besides. Columns that have the name of a
    derived attribute, or of one that models put beside them, are ignored (0001, number 1).
    In: the columns of leads (input_columns). Call: lead_columns(columns).
    Out: a list of lower-cased names. -#}
{% macro lead_columns(found) %}
    {% set contract = lead_scoring.input_contract('leads') %}
    {% set taken = contract.times + lead_scoring.derived_attributes() + [
        'lead_id', 'lead_key', 'member_key', 'fate', 'holds_since',
        'rank_among_equals',
    ] %}
    {% set columns = contract.columns + lead_scoring.other_columns('leads', found) %}
    {{ return(columns | reject('in', taken) | list) }}
{% endmacro %}
