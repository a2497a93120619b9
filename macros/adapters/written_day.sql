{#- The date that a text is; null where it is none.
    In: a text expression. Call: written_day('left(loaded_at, 10)'). Out: a date expression. -#}
{% macro written_day(text) -%}
    {{ return(adapter.dispatch('written_day', 'lead_scoring')(text)) }}
{%- endmacro %}

{% macro default__written_day(text) -%}
    case
        when {{ lead_scoring.matches_pattern(text, lead_scoring.days_pattern()) }}
            then cast({{ text }} as date)
    end
{%- endmacro %}

{% macro duckdb__written_day(text) -%}
    try_cast({{ text }} as date)
{%- endmacro %}

{#- A pattern of the days that there are, from 0001-01-01 on, for engines on which a cast of another
    text is an error.
    Call: days_pattern(). Out: a pattern. -#}
{% macro days_pattern() -%}
    {%- set year = '([0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)' -%}
    {%- set leap_year = '([0-9]{2}(0[48]|[2468][048]|[13579][26])'
        ~ '|(0[48]|[2468][048]|[13579][26])00)' -%}
    {{ return(
        '^(' ~ year ~ '-('
        ~ '(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])'
        ~ '|(0[469]|11)-(0[1-9]|[12][0-9]|30)'
        ~ '|02-(0[1-9]|1[0-9]|2[0-8])'
        ~ ')|' ~ leap_year ~ '-02-29)$'
    ) }}
{%- endmacro %}
