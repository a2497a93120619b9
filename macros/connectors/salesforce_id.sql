{#- An id of Salesforce in the form of 15 characters, in which reports write it: the three further
    ones of the other form are computed from them. What stands for no record is null.
    In: a text expression. Call: salesforce_id('who_id'). Out: a text expression. -#}
{% macro salesforce_id(text) -%}
    nullif(left({{ text }}, 15), '000000000000000')
{%- endmacro %}
