{#- The UTC timestamp of a time column of an input: read from text, or taken as it is where the
    input's column is a time already.
    In: a relation with the clean text (and <name>_as_time beside it where it is a time), the
    column's name, the input's column or none.
    Call: time_of_input('clean_rows', 'occurred_at', found.get('occurred_at')).
    Out: a timestamp expression. -#}
{% macro time_of_input(relation, name, column) -%}
    {%- if column and lead_scoring.is_time(column) -%}
        {{ relation }}.{{ name }}_as_time
    {%- else -%}
        {{ lead_scoring.read_time(relation ~ '.' ~ name) }}
    {%- endif -%}
{%- endmacro %}
