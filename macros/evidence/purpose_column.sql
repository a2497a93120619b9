{#- The purpose of the instants as a column.
    Call: purpose_column(). Out: a text expression with its name. -#}
{% macro purpose_column() -%}
    cast('{{ lead_scoring.evidence_purpose() }}' as {{ lead_scoring.type_name('text') }}) as purpose
{%- endmacro %}
