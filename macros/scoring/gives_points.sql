{#- Whether rows of a kind give points: all but those that name buying roles and those that route
    (contract, section 3). In: an expression of the kind. Call: gives_points('rules.kind').
    Out: a condition. -#}
{% macro gives_points(kind) -%}
    {{ kind }} not in ('buying_role', 'routing')
{%- endmacro %}
