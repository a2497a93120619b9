{#- First and last name as one text, with a line break between them; that alone where both are
    missing. In: first_name and last_name in scope. Call: full_name(). Out: a text expression. -#}
{% macro full_name() -%}
    coalesce(first_name, '') || chr(10) || coalesce(last_name, '')
{%- endmacro %}
