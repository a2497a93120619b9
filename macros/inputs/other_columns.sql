{#- The names of an input table's columns that the contract does not name, sorted: each is an
    attribute that rules may name.
    In: table. Call: other_columns('leads'). Out: a list of lower-cased names. -#}
{% macro other_columns(table) %}
    {% set contract = lead_scoring.input_contract(table) %}
    {{ return(lead_scoring.input_columns(table).keys() | reject('in', contract.columns) | sort) }}
{% endmacro %}
