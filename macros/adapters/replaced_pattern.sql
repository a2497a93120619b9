{#- A text with the first match of a regular expression replaced; unchanged without one.
    In: a text expression, a pattern as for matches_pattern, the replacement, in which \1 is what
    the first brackets matched. Call: replaced_pattern('url', '[?].*$', '').
    Out: a text expression. -#}
{% macro replaced_pattern(text, pattern, replacement) -%}
    {{ return(adapter.dispatch('replaced_pattern', 'lead_scoring')(text, pattern, replacement)) }}
{%- endmacro %}

{% macro default__replaced_pattern(text, pattern, replacement) -%}
    regexp_replace({{ text }}, '{{ pattern }}', '{{ replacement }}')
{%- endmacro %}

{#- (?p): a dot meets no line feed, as elsewhere. -#}
{% macro postgres__replaced_pattern(text, pattern, replacement) -%}
    regexp_replace({{ text }}, '(?p){{ pattern }}', '{{ replacement }}')
{%- endmacro %}
