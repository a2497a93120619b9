{#- The UTC timestamp that a text of an input means; null where it cannot be read. Besides the forms
    of read_time these are whole numbers since 1970, and, where the var lead_scoring_date_order is
    set, days as people write them (0001, number 2). A time without a zone is of the input's own
    (var lead_scoring_input_time_zone, default UTC).
    In: an expression of trimmed text. Call: input_time_of('occurred_at').
    Out: a timestamp expression. -#}
{% macro input_time_of(text, time_zone=none) -%}
    {%- set order = var('lead_scoring_date_order', none) -%}
    {%- if order not in [none, '', 'dmy', 'mdy'] -%}
        {{ exceptions.raise_compiler_error(
            "The var lead_scoring_date_order is '" ~ order ~ "'. Write dmy, mdy, or leave it out."
        ) }}
    {%- endif -%}
    {%- set zone = time_zone or var('lead_scoring_input_time_zone', 'UTC') -%}
    {%- set whole = lead_scoring.replaced_pattern(text, '[.]0+$', '') -%}
    {%- set microseconds -%}
        cast(floor(
            cast({{ text }} as {{ lead_scoring.type_name('decimal', 38, 10) }})
        ) as bigint) * case
            when length({{ whole }}) <= 11 then 1000000
            when length({{ whole }}) <= 14 then 1000
            else 1
        end
    {%- endset -%}
    {#- as days, seconds and microseconds: no engine's intervals are too small for them -#}
    {%- set days = 'cast((' ~ microseconds ~ ' - mod(' ~ microseconds
        ~ ', 86400000000)) / 86400000000 as integer)' -%}
    {%- set seconds = 'cast((mod(' ~ microseconds ~ ', 86400000000) - mod(' ~ microseconds
        ~ ', 1000000)) / 1000000 as integer)' -%}
    {%- set rest = 'cast(mod(' ~ microseconds ~ ', 1000000) as integer)' -%}
    {%- set epoch = "cast('1970-01-01' as timestamp)" -%}
    {%- if lead_scoring.is_linted() -%}
    cast({{ text }} as timestamp)
    {%- else -%}
    case
        when {{ lead_scoring.matches_pattern(text, '^[0-9]{9,17}([.]0+)?$') }}
            then {{ lead_scoring.later('microsecond', rest, lead_scoring.later(
                'second', seconds, lead_scoring.later('day', days, epoch)
            )) }}
        {%- if order %}
        {#- 2026-06-30 of 30/6/2026 2:30 PM, and 2:30 #}
        {%- set written = '^[0-9]{1,2}(/[0-9]{1,2}/|[.][0-9]{1,2}[.]|-[0-9]{1,2}-)[0-9]{4}' %}
        {%- set past = ':[0-5][0-9](:[0-5][0-9])?' %}
        {%- set day = lead_scoring.replaced_pattern(
            text,
            '^([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4}).*$',
            '\\3-0\\2-0\\1' if order == 'dmy' else '\\3-0\\1-0\\2'
        ) %}
        {%- set day = lead_scoring.replaced_pattern(day, '-0([0-9][0-9])-', '-\\1-') %}
        {%- set day = lead_scoring.replaced_pattern(day, '-0([0-9][0-9])$', '-\\1') %}
        {%- set clock = lead_scoring.replaced_pattern(
            lead_scoring.replaced_pattern(text, '^[^ T]+[ T]?', ''), ' ?[AaPp][Mm]$', ''
        ) %}
        {%- set hours = 'mod(cast(' ~ dbt.split_part(clock, "':'", 1) ~ ' as integer), 12)'
            ~ ' + case when lower(' ~ text ~ ") like '%pm' then 12 else 0 end" %}
        when {{ lead_scoring.matches_pattern(text, written ~ '$') }}
            then {{ lead_scoring.utc_time_of(lead_scoring.timestamp_of(day), zone) }}
        when {{ lead_scoring.matches_pattern(
            text, written ~ '[ T]([01]?[0-9]|2[0-3])' ~ past ~ '$'
        ) }}
            then {{ lead_scoring.utc_time_of(lead_scoring.timestamp_of(
                day ~ " || ' ' || " ~ lead_scoring.replaced_pattern(clock, '^([0-9]):', '0\\1:')
            ), zone) }}
        when {{ lead_scoring.matches_pattern(
            text, written ~ '[ T](0?[1-9]|1[0-2])' ~ past ~ ' ?[AaPp][Mm]$'
        ) }}
            then {{ lead_scoring.utc_time_of(
                lead_scoring.later('hour', hours, lead_scoring.timestamp_of(
                    day ~ " || ' 00:' || " ~ lead_scoring.replaced_pattern(clock, '^[0-9]+:', '')
                )),
                zone
            ) }}
        {%- endif %}
        else {{ lead_scoring.read_time(text, zone) }}
    end
    {%- endif -%}
{%- endmacro %}
