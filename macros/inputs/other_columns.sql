{#- The names of an input table's columns that the contract does not name, sorted: each is an
    attribute that rules may name.
    In: table, its columns (input_columns). Call: other_columns('leads', columns).
    Out: a list of lower-cased names. -#}
{% macro other_columns(table, columns) %}
    {% set contract = lead_scoring.input_contract(table) %}
    {{ return(columns.keys() | reject('in', contract.columns) | sort) }}
{% endmacro %}
