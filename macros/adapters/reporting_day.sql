{#- The calendar day of a UTC timestamp in the reporting time zone (var lead_scoring_time_zone,
    default UTC).
    In: a timestamp expression. Call: reporting_day('occurred_at'). Out: a date expression. -#}
{% macro reporting_day(timestamp) -%}
    {%- if var('lead_scoring_time_zone', 'UTC') == 'UTC' -%}
        cast({{ timestamp }} as date)
    {%- else -%}
        {%- set elsewhere = adapter.dispatch('reporting_day_elsewhere', 'lead_scoring') -%}
        {{ return(elsewhere(timestamp, var('lead_scoring_time_zone'))) }}
    {%- endif -%}
{%- endmacro %}

{% macro default__reporting_day_elsewhere(timestamp, time_zone) -%}
    cast(timezone('{{ time_zone }}', timezone('UTC', {{ timestamp }})) as date)
{%- endmacro %}
