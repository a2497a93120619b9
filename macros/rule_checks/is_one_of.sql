{#- Whether a name is one of a few, as the contract compares text; blank passes.
    In: a text column, the names. Call: is_one_of('status', ['live', 'challenger', 'off']).
    Out: a condition. -#}
{% macro is_one_of(column, names) -%}
    coalesce({{ lead_scoring.normalised(column) }} in ('{{ names | join("', '") }}'), true)
{%- endmacro %}
