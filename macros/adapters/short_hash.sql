{#- A short hash of one or more values, a whole number: equal values have equal hashes, and unequal
    ones practically never. It names an event, a combination of values or a row in the tables that
    are kept between runs; it is no secret, and it is another on another engine.
    In: a list of expressions. Call: short_hash(['event_id']). Out: an expression. -#}
{% macro short_hash(expressions) -%}
    {{ return(adapter.dispatch('short_hash', 'lead_scoring')(expressions)) }}
{%- endmacro %}

{#- The first fifteen hexadecimal digits of MD5, as a number. -#}
{% macro default__short_hash(expressions) -%}
    {%- set hash = lead_scoring.text_hash(lead_scoring.joined_values(expressions)) -%}
    (
        {%- for place in range(1, 16) %}
        cast({{ dbt.position('substr(' ~ hash ~ ', ' ~ place ~ ', 1)', "'0123456789abcdef'") }} - 1
        as bigint) * {{ 16 ** (15 - place) }}{{ ' +' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}

{#- Its own function, of 64 bits, takes any values. -#}
{% macro duckdb__short_hash(expressions) -%}
    hash({{ expressions | join(', ') }})
{%- endmacro %}

{#- The first 64 bits of MD5. -#}
{% macro postgres__short_hash(expressions) -%}
    cast(cast('x' || substr(md5({{ lead_scoring.joined_values(expressions) }}), 1, 16) as bit(64))
    as bigint)
{%- endmacro %}

{#- Its own function, of 64 bits. -#}
{% macro spark__short_hash(expressions) -%}
    xxhash64({{ lead_scoring.joined_values(expressions) }})
{%- endmacro %}

{#- The last 64 bits of MD5. -#}
{% macro snowflake__short_hash(expressions) -%}
    md5_number_lower64({{ lead_scoring.joined_values(expressions) }})
{%- endmacro %}

{#- Its own function, of 64 bits. -#}
{% macro bigquery__short_hash(expressions) -%}
    farm_fingerprint({{ lead_scoring.joined_values(expressions) }})
{%- endmacro %}

{#- Its own function, of 64 bits. -#}
{% macro redshift__short_hash(expressions) -%}
    farmfingerprint64({{ lead_scoring.joined_values(expressions) }})
{%- endmacro %}

{#- Several values as one text, which is another where one of them is another or missing.
    In: a list of expressions. Call: joined_values(['lead_id', 'stage']).
    Out: a text expression. -#}
{% macro joined_values(expressions) -%}
    {%- for expression in expressions -%}
    coalesce(cast({{ expression }} as {{ lead_scoring.type_name('text') }}), chr(2))
    {{- ' || chr(1) || ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
