{#- The words of a text in lower case, one blank before, between and after them: ' vice president
    sales '. A word is a run of letters and digits of any script (decision 6).
    In: a text expression. Call: words_of('job_title'). Out: a text expression. -#}
{% macro words_of(text) -%}
    {{ return(adapter.dispatch('words_of', 'lead_scoring')(text)) }}
{%- endmacro %}

{% macro default__words_of(text) -%}
    ' ' || trim(regexp_replace(lower({{ text }}), '[^\p{L}\p{Nd}]+', ' ', 'g')) || ' '
{%- endmacro %}
