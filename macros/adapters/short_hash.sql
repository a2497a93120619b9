{#- A short hash of one or more values: equal values have equal hashes, and unequal ones practically
    never (64 bits on DuckDB). It names an event, a combination of values or a row in the tables
    that are kept between runs; it is no secret.
    In: a list of expressions. Call: short_hash(['event_id']). Out: an expression. -#}
{% macro short_hash(expressions) -%}
    {{ return(adapter.dispatch('short_hash', 'lead_scoring')(expressions)) }}
{%- endmacro %}

{% macro default__short_hash(expressions) -%}
    hash({{ expressions | join(', ') }})
{%- endmacro %}
