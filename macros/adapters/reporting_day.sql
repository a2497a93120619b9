{#- The calendar day of a UTC timestamp in the reporting time zone (var lead_scoring_time_zone,
    default UTC).
    In: a timestamp expression. Call: reporting_day('occurred_at'). Out: a date expression. -#}
{% macro reporting_day(timestamp) -%}
    {%- if var('lead_scoring_time_zone', 'UTC') == 'UTC' -%}
        cast({{ timestamp }} as date)
    {%- else -%}
        cast({{ lead_scoring.clock_time(
            timestamp, var('lead_scoring_time_zone'), of_zone='UTC'
        ) }} as date)
    {%- endif -%}
{%- endmacro %}
