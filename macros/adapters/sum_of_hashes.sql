{#- One number for a set of rows, whatever their order: the sum of their short hashes.
    In: an expression of a short hash. Call: sum_of_hashes('row_hash').
    Out: an aggregate expression. -#}
{% macro sum_of_hashes(hashes) -%}
    {{ return(adapter.dispatch('sum_of_hashes', 'lead_scoring')(hashes)) }}
{%- endmacro %}

{% macro default__sum_of_hashes(hashes) -%}
    sum({{ hashes }})
{%- endmacro %}
