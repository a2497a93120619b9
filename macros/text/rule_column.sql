{#- A column of a rule table as SQL names it: quoted, where an engine keeps the word to itself.
    In: the name, with or without that of its relation. Call: rule_column('attributes.of').
    Out: an expression. -#}
{% macro rule_column(name) -%}
    {%- set relation, dot, column = name.rpartition('.') -%}
    {%- if column in ['of', 'percent'] -%}
        {%- set column = adapter.quote(column) -%}
    {%- endif -%}
    {{ return(relation ~ dot ~ column) }}
{%- endmacro %}
