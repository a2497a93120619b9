{#- The calendar day of the run's as-of instant in the reporting time zone.
    Call: as_of_day(). Out: a date expression. -#}
{% macro as_of_day() -%}
    {{ lead_scoring.reporting_day(lead_scoring.as_of()) }}
{%- endmacro %}
