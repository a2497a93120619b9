{#- The UTC timestamp that a text in one of the forms of ISO 8601 of decision 2 means; null where it
    cannot be read.
    In: an expression of trimmed text; the time zone of a time that names none.
    Call: read_time("'2026-06-30T12:00Z'"). Out: a timestamp expression. The form is checked first
    because engines accept more than ISO 8601 and differ in what. Microseconds are as fine as times
    get. -#}
{% macro read_time(text, time_zone='UTC') -%}
    {{ return(adapter.dispatch('read_time', 'lead_scoring')(text, time_zone)) }}
{%- endmacro %}

{% macro default__read_time(text, time_zone) -%}
    {%- set form = '^([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8})' -%}
    {%- set clock_form = '[T ]([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,9})?)?' -%}
    {%- set offset_form = '( UTC| ?Z| ?[+-]([01][0-9]|2[0-3])(:?[0-5][0-9])?)' -%}
    {%- set dashed = lead_scoring.replaced_pattern(
        text, '^([0-9]{4})([0-9]{2})([0-9]{2})', '\\1-\\2-\\3'
    ) -%}
    {%- set day = 'left(' ~ dashed ~ ', 10)' -%}
    {%- set rest = 'substr(' ~ dashed ~ ', 12)' -%}
    {%- set clock = lead_scoring.replaced_pattern(rest, '[^0-9:.].*$', '') -%}
    {%- set clock = lead_scoring.replaced_pattern(clock, '([.][0-9]{6})[0-9]+', '\\1') -%}
    {%- set clock = lead_scoring.replaced_pattern(clock, '^([0-9]):', '0\\1:') -%}
    {%- set local_time = 'cast(' ~ day ~ " || ' ' || " ~ clock ~ ' as timestamp)' -%}
    {#- +0530, +05, or nothing for UTC -#}
    {%- set offset = 'translate(' ~ lead_scoring.replaced_pattern(rest, '^[0-9:.]+', '')
        ~ ", ' :UTCZ', '')" -%}
    {%- set minutes_ahead -%}
        (
            60 * coalesce(cast(nullif(substr({{ offset }}, 2, 2), '') as integer), 0)
            + coalesce(cast(nullif(substr({{ offset }}, 4, 2), '') as integer), 0)
        ) * case when left({{ offset }}, 1) = '-' then 1 else -1 end
    {%- endset -%}
    case
        when not {{ lead_scoring.matches_pattern(day, lead_scoring.days_pattern()) }} then null
        when {{ lead_scoring.matches_pattern(text, form ~ '$') }}
            then {{ lead_scoring.utc_time_of('cast(' ~ day ~ ' as timestamp)', time_zone) }}
        when {{ lead_scoring.matches_pattern(text, form ~ clock_form ~ '$') }}
            then {{ lead_scoring.utc_time_of(local_time, time_zone) }}
        when {{ lead_scoring.matches_pattern(text, form ~ clock_form ~ offset_form ~ '$') }}
            then {{ dbt.dateadd('minute', minutes_ahead, local_time) }}
    end
{%- endmacro %}

{#- A time with an offset gets seconds, since DuckDB reads it only after them. -#}
{% macro duckdb__read_time(text, time_zone) -%}
    {%- set dashed = '[0-9]{4}-[0-9]{2}-[0-9]{2}' -%}
    {%- set day = '(' ~ dashed ~ '|[0-9]{8})' -%}
    {%- set with_dashes = "regexp_replace(" ~ text
        ~ ", '^([0-9]{4})([0-9]{2})([0-9]{2})', '\\1-\\2-\\3')" -%}
    {%- set minute = '(T| )([01]?[0-9]|2[0-3]):[0-5][0-9]' -%}
    {%- set second = '(:[0-5][0-9]([.][0-9]{1,9})?)?' -%}
    {%- set offset = '( UTC| ?Z| ?[+-]([01][0-9]|2[0-3])(:?[0-5][0-9])?)' -%}
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
            then try_cast(left({{ text }}, 19) as timestamp)
            {%- else %}
            then
                case
                    when length({{ text }}) = 20 then try_cast(left({{ text }}, 19) as timestamp)
                    else {{ lead_scoring.utc_time_of(
                        'try_cast(' ~ text ~ ' as timestamp)', time_zone
                    ) }}
                end
            {%- endif %}
        when {{ lead_scoring.matches_pattern(text, '^' ~ day ~ '$') }}
            then {{ lead_scoring.utc_time_of(
                'try_cast(' ~ with_dashes ~ ' as timestamp)', time_zone
            ) }}
        when {{ lead_scoring.matches_pattern(text, '^' ~ day ~ minute ~ second ~ '$') }}
            then {{ lead_scoring.utc_time_of(
                "try_cast(regexp_replace(regexp_replace(" ~ with_dashes
                ~ ", '([.][0-9]{6})[0-9]+', '\\1'), '[T ]([0-9]):', ' 0\\1:') as timestamp)",
                time_zone
            ) }}
        when {{ lead_scoring.matches_pattern(text, '^' ~ day ~ minute ~ second ~ offset ~ '$') }}
            then timezone('UTC', try_cast(
                regexp_replace(
                    regexp_replace(
                        regexp_replace(
                            regexp_replace(
                                regexp_replace(
                                    {{ with_dashes }}, '([.][0-9]{6})[0-9]+', '\1'
                                ),
                                '[T ]([0-9]):',
                                ' 0\1:'
                            ),
                            ' ?(Z|UTC)$',
                            '+00:00'
                        ),
                        ' ?([+-][0-9]{2}):?([0-9]{2})?$',
                        '\1:\2'
                    ),
                    '^(.{16})([+-])',
                    '\1:00\2'
                ) as timestamptz
            ))
    end
    {%- endif -%}
{%- endmacro %}
