{#- A count and a half, as a double: the logarithm of a decimal is a decimal on some engines.
    In: an expression. Call: half_more('leads'). Out: an expression. -#}
{% macro half_more(count) -%}
    (cast({{ count }} as {{ lead_scoring.type_name('double') }}) + 0.5)
{%- endmacro %}
