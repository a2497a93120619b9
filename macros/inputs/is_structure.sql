{#- Whether an input's column holds structures, of which no rule can speak: it is set aside.
    In: a column of the adapter. Call: is_structure(column). Out: a boolean, for Jinja. -#}
{% macro is_structure(column) %}
    {% set data_type = column.data_type | upper %}
    {{ return(data_type.startswith(('STRUCT', 'MAP', 'UNION', 'RECORD', 'OBJECT', 'VARIANT'))) }}
{% endmacro %}
