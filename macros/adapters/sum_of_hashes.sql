{#- One number for a set of rows, whatever their order: the sum of their short hashes.
    In: an expression of a short hash. Call: sum_of_hashes('row_hash').
    Out: an aggregate expression. -#}
{% macro sum_of_hashes(hashes) -%}
    sum(cast({{ hashes }} as {{ lead_scoring.type_name('decimal', 38, 0) }}))
{%- endmacro %}
