{#- Text without outer blanks (0001, number 1, lists them).
    In: a text expression. Call: trimmed('job_title'). Out: an expression. -#}
{% macro trimmed(text) -%}
    {%- set blanks = "chr(32) || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(160)" -%}
    {{ return(adapter.dispatch('trimmed', 'lead_scoring')(
        text, blanks if not lead_scoring.is_linted() else "' '"
    )) }}
{%- endmacro %}

{% macro default__trimmed(text, blanks) -%}
    trim({{ text }}, {{ blanks }})
{%- endmacro %}

{#- It takes two arguments the other way round. -#}
{% macro spark__trimmed(text, blanks) -%}
    trim(both {{ blanks }} from {{ text }})
{%- endmacro %}

{#- It knows two arguments by another name; chr of what is not ASCII is null there. -#}
{% macro redshift__trimmed(text, blanks) -%}
    btrim({{ text }}, {{ blanks | replace('chr(32)', "' '") | replace('chr(160)', "'\u00a0'") }})
{%- endmacro %}
