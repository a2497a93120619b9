{#- Whether any of some text columns equals an entry of a list; false where all are missing.
    In: a CTE with the column entry, expressions.
    Call: any_equal_entry('competitors', ['company_name']). Out: a condition. -#}
{% macro any_equal_entry(entries, expressions) -%}
    (
        {%- for expression in expressions %}
        exists (
            select 1
            from {{ entries }}
            where {{ entries }}.entry = {{ lead_scoring.normalised(expression) }}
        ){{ ' or' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}
