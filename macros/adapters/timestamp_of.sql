{#- The timestamp that a text says which has the form of one, '2026-06-30' or
    '2026-06-30 12:00:00.5'; null where there is no such day.
    In: a text expression. Call: timestamp_of('left(occurred_at, 19)'). Out: an expression. -#}
{% macro timestamp_of(text) -%}
    {{ return(adapter.dispatch('timestamp_of', 'lead_scoring')(text)) }}
{%- endmacro %}

{#- The days that there are, from 0001-01-01 on: where a cast cannot be tried, it is not tried of
    another text. -#}
{% macro default__timestamp_of(text) -%}
    {%- set year = '([0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)' -%}
    {%- set leap_year = '([0-9]{2}(0[48]|[2468][048]|[13579][26])'
        ~ '|(0[48]|[2468][048]|[13579][26])00)' -%}
    {%- set day = '(' ~ year ~ '-('
        ~ '(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])'
        ~ '|(0[469]|11)-(0[1-9]|[12][0-9]|30)'
        ~ '|02-(0[1-9]|1[0-9]|2[0-8])'
        ~ ')|' ~ leap_year ~ '-02-29)' -%}
    case
        when {{ lead_scoring.matches_pattern(text, '^' ~ day ~ '( |T|$)') }}
            then cast({{ text }} as timestamp)
    end
{%- endmacro %}

{#- A cast may be tried. -#}
{% macro duckdb__timestamp_of(text) -%}
    try_cast({{ text }} as timestamp)
{%- endmacro %}

{#- A cast may be tried; a year 0 would be read. -#}
{% macro spark__timestamp_of(text) -%}
    case when {{ text }} not like '0000%' then try_cast({{ text }} as timestamp) end
{%- endmacro %}

{#- A cast may be tried; which forms it reads an account may set otherwise. -#}
{% macro snowflake__timestamp_of(text) -%}
    case when {{ text }} not like '0000%' then try_to_timestamp_ntz({{ text }}, 'AUTO') end
{%- endmacro %}

{#- A cast may be tried; it wants seconds. -#}
{% macro bigquery__timestamp_of(text) -%}
    safe_cast(
        regexp_replace({{ text }}, '([ T][0-9]{1,2}:[0-9]{2})$', '\\1:00') as timestamp
    )
{%- endmacro %}
