{#- Whether a flag of a tool is set, as tools write flags: TRUE, 1, yes. A blank is not.
    In: a text expression. Call: is_set('is_deleted'). Out: a condition that is never unknown. -#}
{% macro is_set(text) -%}
    coalesce(lower({{ text }}) in ('true', '1', 'yes', 't'), false)
{%- endmacro %}
