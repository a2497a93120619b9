{#- What ends a select whose columns the next one names several times: PostgreSQL would write each
    of them out at every place where it is named.
    Call: from clean_events {{ evaluated_once() }}. Out: the end of a select, or nothing. -#}
{% macro evaluated_once() -%}
    {%- if lead_scoring.is_linted() -%}
    offset 0
    {%- else -%}
    {{ return(adapter.dispatch('evaluated_once', 'lead_scoring')()) }}
    {%- endif -%}
{%- endmacro %}

{% macro default__evaluated_once() -%}
{%- endmacro %}

{% macro postgres__evaluated_once() -%}
    offset 0
{%- endmacro %}

{#- It would gather all rows at one place for it. -#}
{% macro redshift__evaluated_once() -%}
{%- endmacro %}
