{#- The UTC timestamp that a text in one of the forms of ISO 8601 of 0001, number 2, means; null
    where it cannot be read.
    In: an expression of trimmed text; the time zone of a time that names none.
    Call: read_time("'2026-06-30T12:00Z'"). Out: a timestamp expression. The form is checked first
    because engines accept more than ISO 8601 and differ in what. Microseconds are as fine as times
    get. -#}
{% macro read_time(text, time_zone='UTC') -%}
    {%- set dashed = '[0-9]{4}-[0-9]{2}-[0-9]{2}' -%}
    {%- set day = '^(' ~ dashed ~ '|[0-9]{8})' -%}
    {%- set clock = '[T ]([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,9})?)?' -%}
    {%- set offset = '( UTC| ?Z| ?[+-]([01][0-9]|2[0-3])(:?[0-5][0-9])?)' -%}
    {#- 2026-06-30 09:05:00.123456 of 20260630T9:05:00.123456789 +05:30, and +0530 -#}
    {%- set local = lead_scoring.replaced_pattern(
        text, '^([0-9]{4})([0-9]{2})([0-9]{2})', '\\1-\\2-\\3'
    ) -%}
    {%- set behind = 'substr(' ~ local ~ ', 12)' -%}
    {%- set local = lead_scoring.replaced_pattern(
        local, '(:[0-9.]+) ?(UTC|[Z+-][0-9:]*)$', '\\1'
    ) -%}
    {%- set local = lead_scoring.replaced_pattern(local, '([.][0-9]{6})[0-9]+', '\\1') -%}
    {%- set local = lead_scoring.replaced_pattern(local, '[T ]([0-9]):', ' 0\\1:') -%}
    {%- set behind = 'translate('
        ~ lead_scoring.replaced_pattern(behind, '^[0-9:.]+', '') ~ ", ' :UTCZ', '')" -%}
    {%- set minutes_to_utc -%}
        (
            60 * coalesce(cast(nullif(substr({{ behind }}, 2, 2), '') as integer), 0)
            + coalesce(cast(nullif(substr({{ behind }}, 4, 2), '') as integer), 0)
        ) * case when left({{ behind }}, 1) = '-' then 1 else -1 end
    {%- endset -%}
    {%- if lead_scoring.is_linted() -%}
    cast({{ text }} as timestamp)
    {%- else -%}
    case
        {#- nearly all times have one of these two lengths: they are read without further ado #}
        when
            length({{ text }}) in (19, 20)
            and {{ lead_scoring.matches_pattern(
                text, '^' ~ dashed ~ '[T ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z?$'
            ) }}
            {%- if time_zone == 'UTC' %}
            then {{ lead_scoring.timestamp_of('left(' ~ text ~ ', 19)') }}
            {%- else %}
            then
                case
                    when length({{ text }}) = 20
                        then {{ lead_scoring.timestamp_of('left(' ~ text ~ ', 19)') }}
                    else {{ lead_scoring.utc_time_of(lead_scoring.timestamp_of(text), time_zone) }}
                end
            {%- endif %}
        when {{ lead_scoring.matches_pattern(text, day ~ '(' ~ clock ~ ')?$') }}
            then {{ lead_scoring.utc_time_of(lead_scoring.timestamp_of(local), time_zone) }}
        when {{ lead_scoring.matches_pattern(text, day ~ clock ~ offset ~ '$') }}
            then {{ lead_scoring.later(
                'minute', minutes_to_utc, lead_scoring.timestamp_of(local)
            ) }}
    end
    {%- endif -%}
{%- endmacro %}
