{#- Whether an input's column is a date or a timestamp already, and not text to be read.
    In: a column of the adapter. Call: is_time(column). Out: a boolean, for Jinja. -#}
{% macro is_time(column) %}
    {{ return(column.data_type | upper == 'DATE' or (column.data_type | upper).startswith('TIMESTAMP')) }}
{% endmacro %}
