{#- The domain that a domain lies in: b.c of a.b.c, c of b.c; the domain itself without a point.
    In: a text expression. Call: domain_above('email_domain'). Out: a text expression. -#}
{% macro domain_above(domain) -%}
    substr({{ domain }}, {{ dbt.position("'.'", domain) }} + 1)
{%- endmacro %}
