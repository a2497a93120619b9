{#- The calendar day that a text means: a date is that day, any other time its day in the reporting
    time zone (decision 4).
    In: an expression of trimmed text. Call: day_of('value').
    Out: a date expression, null where the text is no time. -#}
{% macro day_of(text) -%}
    case
        when length({{ text }}) = 10 then cast({{ lead_scoring.read_time(text) }} as date)
        else {{ lead_scoring.reporting_day(lead_scoring.read_time(text)) }}
    end
{%- endmacro %}
