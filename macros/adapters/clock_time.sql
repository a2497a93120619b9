{#- A time as the clock of a zone shows it, without zone.
    In: a timestamp expression, the zone, and the zone whose clock the timestamp shows; none where
    it knows its zone itself. Call: clock_time('occurred_at', 'Europe/Berlin', of_zone='UTC').
    Out: a timestamp expression. -#}
{% macro clock_time(timestamp, zone, of_zone=none) -%}
    {{ return(adapter.dispatch('clock_time', 'lead_scoring')(timestamp, zone, of_zone)) }}
{%- endmacro %}

{#- A time that a clock shows twice is the later one, and one that it skips is read as if it had not
    been put forward. -#}
{% macro default__clock_time(timestamp, zone, of_zone) -%}
    {%- if of_zone -%}
        {%- set timestamp = "timezone('" ~ of_zone ~ "', " ~ timestamp ~ ')' -%}
    {%- endif -%}
    timezone('{{ zone }}', {{ timestamp }})
{%- endmacro %}

{#- It takes these names for abbreviations, of which none has a summer time. -#}
{% macro postgres__clock_time(timestamp, zone, of_zone) -%}
    {%- set places = {
        'CET': 'Europe/Brussels', 'MET': 'Europe/Brussels', 'EET': 'Europe/Athens',
        'WET': 'Europe/Lisbon',
    } -%}
    {{ lead_scoring.default__clock_time(
        timestamp, places.get(zone | upper, zone), of_zone and places.get(of_zone | upper, of_zone)
    ) }}
{%- endmacro %}

{#- Its times are instants, shown in the zone of the session, which is to be UTC. It takes a time
    that a clock shows twice for the earlier one: here it is the later one, which is what the zone's
    offset of the next day makes of it, if that shows the same time. -#}
{% macro spark__clock_time(timestamp, zone, of_zone) -%}
    {%- if of_zone and of_zone != 'UTC' -%}
        {%- set early = "to_utc_timestamp(" ~ timestamp ~ ", '" ~ of_zone ~ "')" -%}
        {%- set next_day = 'timestampadd(day, 1, ' ~ timestamp ~ ')' -%}
        {%- set late = "timestampadd(day, -1, to_utc_timestamp(" ~ next_day ~ ", '" ~ of_zone
            ~ "'))" -%}
        {%- set timestamp = 'case when from_utc_timestamp(' ~ late ~ ", '" ~ of_zone ~ "') = "
            ~ timestamp ~ ' then ' ~ late ~ ' else ' ~ early ~ ' end' -%}
    {%- endif -%}
    {%- if zone == 'UTC' -%}
    {{ timestamp }}
    {%- else -%}
    from_utc_timestamp({{ timestamp }}, '{{ zone }}')
    {%- endif -%}
{%- endmacro %}

{#- Which of two times it takes where a clock shows one twice is its own. -#}
{% macro snowflake__clock_time(timestamp, zone, of_zone) -%}
    {%- set zones = "'" ~ of_zone ~ "', '" ~ zone ~ "'" if of_zone else "'" ~ zone ~ "'" -%}
    cast(convert_timezone({{ zones }}, {{ timestamp }}) as timestamp_ntz)
{%- endmacro %}

{#- Its timestamps are instants, shown in UTC. Which of two times it takes where a clock shows one
    twice is its own. -#}
{% macro bigquery__clock_time(timestamp, zone, of_zone) -%}
    {%- if of_zone and of_zone != 'UTC' -%}
        {%- set timestamp = 'timestamp(datetime(' ~ timestamp ~ "), '" ~ of_zone ~ "')" -%}
    {%- endif -%}
    {%- if zone == 'UTC' -%}
    {{ timestamp }}
    {%- else -%}
    timestamp(datetime({{ timestamp }}, '{{ zone }}'))
    {%- endif -%}
{%- endmacro %}
