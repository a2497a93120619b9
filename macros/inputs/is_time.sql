{#- Whether an input's column is a date or a timestamp already, and not text to be read.
    In: a column of the adapter. Call: is_time(column). Out: a boolean, for Jinja. -#}
{% macro is_time(column) %}
    {% set data_type = column.data_type | upper %}
    {{ return(data_type == 'DATE' or data_type.startswith('TIMESTAMP')) }}
{% endmacro %}
