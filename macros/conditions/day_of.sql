{#- The calendar day that a text means: a date is that day, any other time its day in the reporting
    time zone (0001, number 4).
    In: an expression of trimmed text, whether it is an input's.
    Call: day_of('value', is_input=true).
    Out: a date expression, null where the text is no time. -#}
{% macro day_of(text, is_input=false) -%}
    {%- set read = lead_scoring.input_time_of if is_input else lead_scoring.read_time -%}
    case
        when not {{ lead_scoring.matches_pattern(text, ':|^[0-9]{9}') }}
            then cast({{ read(text, 'UTC') }} as date)
        else {{ lead_scoring.reporting_day(read(text)) }}
    end
{%- endmacro %}
