{#- Text as the contract compares it: without outer blanks, in lower case; blank text is missing.
    In: a text expression. Call: normalised('rule_id'). Out: a text expression. -#}
{% macro normalised(text) -%}
    nullif(lower({{ lead_scoring.trimmed(text) }}), '')
{%- endmacro %}
