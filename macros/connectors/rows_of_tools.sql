{#- A select of the rows of a seed that hold for each chosen tool: those that name it, and those of
    every tool (*).
    In: the seed's contract name. Call: rows_of_tools('event_names'). Out: a select statement. -#}
{% macro rows_of_tools(seed) -%}
    {%- for tool in lead_scoring.connectors() %}
    select
        '{{ tool }}' as tool,
        named.*
    from {{ ref('lead_scoring__' ~ seed) }} as named
    where {{ lead_scoring.normalised('named.source') }} in ('{{ tool }}', '*')
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
