{#- Whether an input's column is a date or a timestamp already, and not text to be read.
    In: a column of the adapter. Call: is_time(column). Out: a boolean, for Jinja. -#}
{% macro is_time(column) %}
    {{ return(lead_scoring.column_kind(column) in ['date', 'time', 'zoned time']) }}
{% endmacro %}
