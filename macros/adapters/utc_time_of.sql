{#- The UTC timestamp of a clock's time in a time zone. A time that a clock shows twice is the later
    one, and one that it skips is read as if it had not been put forward (0001, number 2).
    In: a timestamp expression, the name of a time zone.
    Call: utc_time_of('occurred_at', 'Europe/Berlin'). Out: a timestamp expression. -#}
{% macro utc_time_of(timestamp, time_zone) -%}
    {%- if time_zone == 'UTC' -%}
        {{ timestamp }}
    {%- else -%}
        {{ lead_scoring.clock_time(timestamp, 'UTC', of_zone=time_zone) }}
    {%- endif -%}
{%- endmacro %}
