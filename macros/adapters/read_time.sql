{#- The UTC timestamp that a text in one of the forms of ISO 8601 of decision 2 means; null where it
    cannot be read.
    In: an expression of trimmed text; the time zone of a time that names none.
    Call: read_time("'2026-06-30T12:00Z'"). Out: a timestamp expression. The form is checked first
    because engines accept more than ISO 8601 and differ in what; a time with an offset gets
    seconds, since DuckDB reads it only after them. Microseconds are as fine as times get. -#}
{% macro read_time(text, time_zone='UTC') -%}
    {{ return(adapter.dispatch('read_time', 'lead_scoring')(text, time_zone)) }}
{%- endmacro %}

{% macro default__read_time(text, time_zone) -%}
    {%- set day = '[0-9]{4}-[0-9]{2}-[0-9]{2}' -%}
    {%- set minute = '(T| )([01]?[0-9]|2[0-3]):[0-5][0-9]' -%}
    {%- set second = '(:[0-5][0-9]([.][0-9]{1,9})?)?' -%}
    {%- set offset = ' ?(Z|UTC|[+-]([01][0-9]|2[0-3])(:?[0-5][0-9])?)' -%}
    {%- if lead_scoring.is_linted() -%}
    cast({{ text }} as timestamp)
    {%- else -%}
    case
        {#- nearly all times have one of these two lengths: they are read without further ado #}
        when
            length({{ text }}) in (19, 20)
            and {{ lead_scoring.matches_pattern(
                text, '^' ~ day ~ '[T ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z?$'
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
        when {{ lead_scoring.matches_pattern(text, '^(' ~ day ~ '|[0-9]{8})$') }}
            then {{ lead_scoring.utc_time_of(
                "try_cast(regexp_replace(" ~ text
                ~ ", '^([0-9]{4})-?([0-9]{2})-?([0-9]{2})$', '\\1-\\2-\\3') as timestamp)",
                time_zone
            ) }}
        when {{ lead_scoring.matches_pattern(text, '^' ~ day ~ minute ~ second ~ '$') }}
            then {{ lead_scoring.utc_time_of(
                "try_cast(regexp_replace(regexp_replace(" ~ text
                ~ ", '([.][0-9]{6})[0-9]+', '\\1'), '[T ]([0-9]):', ' 0\\1:') as timestamp)",
                time_zone
            ) }}
        when {{ lead_scoring.matches_pattern(text, '^' ~ day ~ minute ~ second ~ offset ~ '$') }}
            then timezone('UTC', try_cast(
                regexp_replace(
                    regexp_replace(
                        regexp_replace(
                            regexp_replace(
                                regexp_replace({{ text }}, '([.][0-9]{6})[0-9]+', '\1'),
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
