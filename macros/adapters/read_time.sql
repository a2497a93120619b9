{#- The UTC timestamp that a text in one of the forms of decision 2 means; null where it cannot be
    read.
    In: an expression of trimmed text. Call: read_time('occurred_at').
    Out: a timestamp expression. The form is checked first because engines accept more than ISO 8601
    and differ in what; text without an offset gets one, so that the session's time zone never
    matters, and an offset without seconds before it gets ':00', since DuckDB reads it only after
    seconds. Microseconds are as fine as times get. -#}
{% macro read_time(text) -%}
    {{ return(adapter.dispatch('read_time', 'lead_scoring')(text)) }}
{%- endmacro %}

{% macro default__read_time(text) -%}
    {%- set day = '[0-9]{4}-[0-9]{2}-[0-9]{2}' -%}
    {%- set minute = '[T ]([01][0-9]|2[0-3]):[0-5][0-9]' -%}
    {%- set second = '(:[0-5][0-9]([.][0-9]{1,9})?)?' -%}
    {%- set offset = ' ?(Z|[+-]([01][0-9]|2[0-3])(:?[0-5][0-9])?)' -%}
    {%- if lead_scoring.is_linted() -%}
    cast({{ text }} as timestamp)
    {%- else -%}
    case
        {#- nearly all times have one of these two lengths: they are read without further ado #}
        when
            length({{ text }}) in (19, 20)
            and {{ lead_scoring.matches_pattern(text, '^' ~ day ~ minute ~ ':[0-5][0-9]Z?$') }}
            then try_cast(left({{ text }}, 19) as timestamp)
        when length({{ text }}) = 10 and {{ lead_scoring.matches_pattern(text, '^' ~ day ~ '$') }}
            then try_cast({{ text }} as timestamp)
        when {{ lead_scoring.matches_pattern(text, '^' ~ day ~ minute ~ second ~ '$') }}
            then try_cast(regexp_replace({{ text }}, '([.][0-9]{6})[0-9]+', '\1') as timestamp)
        when {{ lead_scoring.matches_pattern(text, '^' ~ day ~ minute ~ second ~ offset ~ '$') }}
            then timezone('UTC', try_cast(
                regexp_replace(
                    regexp_replace(
                        regexp_replace(
                            regexp_replace({{ text }}, '([.][0-9]{6})[0-9]+', '\1'),
                            ' ?Z$',
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
