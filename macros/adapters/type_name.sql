{#- The engine's name of a type: text of any length, a floating-point number of 64 bits (dbt's own
    has 32 on some engines), or a decimal with so many digits, and so many of them decimals.
    In: text, double or decimal; digits and decimals. Call: type_name('decimal', 38, 10).
    Out: the name of a type. -#}
{% macro type_name(kind, digits=none, decimals=none) -%}
    {{ return(adapter.dispatch('type_name', 'lead_scoring')(kind, digits, decimals)) }}
{%- endmacro %}

{% macro default__type_name(kind, digits, decimals) -%}
    {%- if kind == 'decimal' -%}
    decimal({{ digits }}, {{ decimals }})
    {%- else -%}
    {{ {'text': dbt.type_string(), 'double': 'double precision'}[kind] }}
    {%- endif -%}
{%- endmacro %}

{#- It has no "double precision". -#}
{% macro spark__type_name(kind, digits, decimals) -%}
    {%- if kind == 'double' -%}
    double
    {%- else -%}
    {{ lead_scoring.default__type_name(kind, digits, decimals) }}
    {%- endif -%}
{%- endmacro %}

{#- Its decimals have at most 9 decimals and 29 digits before them. -#}
{% macro bigquery__type_name(kind, digits, decimals) -%}
    {%- if kind == 'decimal' and (decimals > 9 or digits - decimals > 29) -%}
    bignumeric({{ digits }}, {{ decimals }})
    {%- elif kind == 'double' -%}
    float64
    {%- else -%}
    {{ lead_scoring.default__type_name(kind, digits, decimals) }}
    {%- endif -%}
{%- endmacro %}

{#- A text there has 256 bytes where nothing is said. -#}
{% macro redshift__type_name(kind, digits, decimals) -%}
    {%- if kind == 'text' -%}
    varchar(65535)
    {%- else -%}
    {{ lead_scoring.default__type_name(kind, digits, decimals) }}
    {%- endif -%}
{%- endmacro %}
