{#- The names of an input table's columns that the contract does not name, sorted: each is an
    attribute that rules may name. Those that input_rows makes itself are left out.
    In: table, its columns (input_columns). Call: other_columns('leads', columns).
    Out: a list of lower-cased names. -#}
{% macro other_columns(table, columns) %}
    {% set contract = lead_scoring.input_contract(table) %}
    {% set taken = contract.columns + ['quarantine_cause'] %}
    {% for time in contract.times %}
        {% do taken.extend([time ~ '_as_text', time ~ '_as_time']) %}
    {% endfor %}
    {{ return(columns.keys() | reject('in', taken) | sort) }}
{% endmacro %}
