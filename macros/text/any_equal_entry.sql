{#- Whether any of some text columns equals an entry of a list; false where all are missing.
    In: a CTE with the column entry, expressions of trimmed text.
    Call: any_equal_entry('competitors', ['company_name']). Out: a condition. -#}
{% macro any_equal_entry(entries, expressions) -%}
    (
        {%- for expression in expressions %}
        coalesce(lower({{ expression }}) in (select entry from {{ entries }}), false)
        {{- ' or' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}
