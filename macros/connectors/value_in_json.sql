{#- The value of a key in a text of JSON, where the key stands once and its value is a text without
    quotes in it, a number or a flag. A pattern, since engines agree on patterns and not on JSON.
    In: a text expression, the key; what has to stand before it, a pattern.
    Call: value_in_json('client_session', 'userId'). Out: a text expression; null without it. -#}
{% macro value_in_json(text, key, before='') -%}
    {%- set pattern = before ~ '"' ~ key ~ '" ?: ?("([^"]*)"|[^",}{]+)' -%}
    case
        when {{ lead_scoring.matches_pattern(text, pattern) }}
            then nullif(nullif({{ lead_scoring.trimmed("replace(" ~ lead_scoring.replaced_pattern(
                "replace(" ~ text ~ ", chr(10), ' ')", '^.*' ~ pattern ~ '.*$', '\\1'
            ) ~ ", '\"', '')") }}, ''), 'null')
    end
{%- endmacro %}
