{#- Whether a text contains a match of a regular expression that this project wrote. Values of rules
    never come here.
    In: a text expression, a pattern that RE2, POSIX and Java read alike: no backslash, no [ within
    brackets, and no dot that may meet a line feed. Call: matches_pattern('first_name', '[0-9]').
    Out: a condition. -#}
{% macro matches_pattern(text, pattern) -%}
    {{ return(adapter.dispatch('matches_pattern', 'lead_scoring')(
        text, dbt.escape_single_quotes(pattern)
    )) }}
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

{#- (?d): lines end at a line feed alone, as elsewhere. -#}
{% macro spark__matches_pattern(text, pattern) -%}
    regexp_like({{ text }}, '(?d){{ pattern }}')
{%- endmacro %}

{#- Its function of that name asks whether the whole text matches. -#}
{% macro snowflake__matches_pattern(text, pattern) -%}
    regexp_instr({{ text }}, '{{ pattern }}') > 0
{%- endmacro %}

{#- It has the function under another name, and no text goes on in another line. -#}
{% macro bigquery__matches_pattern(text, pattern) -%}
    regexp_contains({{ text }}, '{{ pattern | replace('\n', '\\n') | replace('\r', '\\r') }}')
{%- endmacro %}

{#- It has an operator, and no mark for lines within the pattern. -#}
{% macro redshift__matches_pattern(text, pattern) -%}
    ({{ text }}) ~ '{{ pattern }}'
{%- endmacro %}
