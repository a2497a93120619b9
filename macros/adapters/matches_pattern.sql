{#- Whether a text contains a match of a regular expression that this project wrote. Values of rules
    never come here.
    In: a text expression, a pattern (RE2 and POSIX in common).
    Call: matches_pattern('first_name', '[0-9]'). Out: a condition. -#}
{% macro matches_pattern(text, pattern) -%}
    {{ return(adapter.dispatch('matches_pattern', 'lead_scoring')(text, pattern)) }}
{%- endmacro %}

{% macro default__matches_pattern(text, pattern) -%}
    regexp_matches({{ text }}, '{{ pattern }}')
{%- endmacro %}
