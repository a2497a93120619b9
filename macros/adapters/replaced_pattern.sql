{#- A text with the match of a regular expression replaced; unchanged without one.
    In: a text expression, a pattern as for matches_pattern, which matches once at most, since some
    engines replace the first match and others all; the replacement, in which \1 is what the first
    brackets matched. Call: replaced_pattern('url', '[?].*$', ''). Out: a text expression. -#}
{% macro replaced_pattern(text, pattern, replacement) -%}
    {{ return(adapter.dispatch('replaced_pattern', 'lead_scoring')(
        text, dbt.escape_single_quotes(pattern), replacement
    )) }}
{%- endmacro %}

{% macro default__replaced_pattern(text, pattern, replacement) -%}
    regexp_replace({{ text }}, '{{ pattern }}', '{{ replacement }}')
{%- endmacro %}

{#- (?p): a dot meets no line feed, as elsewhere. -#}
{% macro postgres__replaced_pattern(text, pattern, replacement) -%}
    regexp_replace({{ text }}, '(?p){{ pattern }}', '{{ replacement }}')
{%- endmacro %}

{#- (?d): lines end at a line feed alone, as elsewhere. What brackets matched is named $1. -#}
{% macro spark__replaced_pattern(text, pattern, replacement) -%}
    regexp_replace({{ text }}, '(?d){{ pattern }}', '{{ replacement | replace('\\', '$') }}')
{%- endmacro %}

{#- A backslash within a text is written twice. -#}
{% macro snowflake__replaced_pattern(text, pattern, replacement) -%}
    regexp_replace({{ text }}, '{{ pattern }}', '{{ replacement | replace('\\', '\\\\') }}')
{%- endmacro %}

{#- A backslash within a text is written twice, and no text goes on in another line. -#}
{% macro bigquery__replaced_pattern(text, pattern, replacement) -%}
    {%- set pattern = pattern | replace('\n', '\\n') | replace('\r', '\\r') -%}
    regexp_replace({{ text }}, '{{ pattern }}', '{{ replacement | replace('\\', '\\\\') }}')
{%- endmacro %}

{#- What brackets matched is named $1. -#}
{% macro redshift__replaced_pattern(text, pattern, replacement) -%}
    regexp_replace({{ text }}, '{{ pattern }}', '{{ replacement | replace('\\', '$') }}')
{%- endmacro %}
