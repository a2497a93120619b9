{#- Whether a text contains a match of a regular expression that this project wrote. Values of rules
    never come here.
    In: a text expression, a pattern that RE2, POSIX and Java read alike: no backslash, and no dot
    that may meet a line feed. Call: matches_pattern('first_name', '[0-9]'). Out: a condition. -#}
{% macro matches_pattern(text, pattern) -%}
    {{ return(adapter.dispatch('matches_pattern', 'lead_scoring')(text, pattern)) }}
{%- endmacro %}

{% macro default__matches_pattern(text, pattern) -%}
    regexp_like({{ text }}, '{{ pattern }}')
{%- endmacro %}

{#- It has the function under another name. -#}
{% macro duckdb__matches_pattern(text, pattern) -%}
    regexp_matches({{ text }}, '{{ pattern }}')
{%- endmacro %}

{#- (?p): a dot meets no line feed, as elsewhere. -#}
{% macro postgres__matches_pattern(text, pattern) -%}
    ({{ text }}) ~ '(?p){{ pattern }}'
{%- endmacro %}
