{#- Whether a flag of a tool is set, as tools and spreadsheets write flags. A blank is not.
    In: a text expression. Call: is_set('is_deleted'). Out: a condition that is never unknown. -#}
{% macro is_set(text) -%}
    coalesce(lower({{ text }}) in (
        'true', 't', '1', '1.0', 'yes', 'y', 'on', 'x', 'wahr', 'vrai', 'ja', 'oui'
    ), false)
{%- endmacro %}
