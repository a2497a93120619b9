{#- The name of the type of floating-point numbers of 64 bits; that of dbt has 32 on some engines.
    Call: double_type(). Out: the name of a type. -#}
{% macro double_type() -%}
    {{ return(adapter.dispatch('double_type', 'lead_scoring')()) }}
{%- endmacro %}

{% macro default__double_type() -%}
    double precision
{%- endmacro %}
