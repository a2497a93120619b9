{#- A short hash of one or more values: equal values have equal hashes, and unequal ones practically
    never. It names an event, a combination of values or a row in the tables that are kept between
    runs; it is no secret, and it is another on another engine.
    In: a list of expressions. Call: short_hash(['event_id']). Out: an expression. -#}
{% macro short_hash(expressions) -%}
    {{ return(adapter.dispatch('short_hash', 'lead_scoring')(expressions)) }}
{%- endmacro %}

{% macro default__short_hash(expressions) -%}
    {{ dbt.hash(lead_scoring.joined_values(expressions)) }}
{%- endmacro %}

{#- Its own function, of 64 bits, takes any values. -#}
{% macro duckdb__short_hash(expressions) -%}
    hash({{ expressions | join(', ') }})
{%- endmacro %}

{#- 64 bits of it, as a whole number: half as wide, and joined faster. -#}
{% macro postgres__short_hash(expressions) -%}
    cast(cast('x' || substr(md5({{ lead_scoring.joined_values(expressions) }}), 1, 16) as bit(64))
    as bigint)
{%- endmacro %}

{#- Several values as one text, which is another where one of them is another or missing.
    In: a list of expressions. Call: joined_values(['lead_id', 'stage']).
    Out: a text expression. -#}
{% macro joined_values(expressions) -%}
    {%- for expression in expressions -%}
    coalesce(cast({{ expression }} as {{ dbt.type_string() }}), chr(2))
    {{- ' || chr(1) || ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
