{#- Text without outer blanks (decision 1 lists them).
    In: a text expression. Call: trimmed('job_title'). Out: an expression. -#}
{% macro trimmed(text) -%}
    {{ return(adapter.dispatch('trimmed', 'lead_scoring')(text)) }}
{%- endmacro %}

{% macro default__trimmed(text) -%}
    {%- set blanks = 'chr(32) || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(160)' -%}
    trim(both {{ blanks }} from {{ text }})
{%- endmacro %}

{#- It has no words between the arguments, and the text stands first. -#}
{% macro duckdb__trimmed(text) -%}
    {%- set blanks = 'chr(32) || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(160)' -%}
    trim({{ text }}, {{ blanks if not lead_scoring.is_linted() else "' '" }})
{%- endmacro %}
