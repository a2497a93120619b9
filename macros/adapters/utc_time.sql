{#- A date or timestamp column of an input as a UTC timestamp without zone: one without zone is of
    the input's own (var lead_scoring_input_time_zone, default UTC), a date is its midnight.
    In: a column of the adapter. Call: utc_time(column). Out: a timestamp expression. -#}
{% macro utc_time(column) -%}
    {%- if lead_scoring.column_kind(column) == 'zoned time' -%}
        {{ lead_scoring.clock_time(adapter.quote(column.name), 'UTC') }}
    {%- else -%}
        {{ lead_scoring.utc_time_of(
        'cast(' ~ adapter.quote(column.name) ~ ' as timestamp)',
        var('lead_scoring_input_time_zone', 'UTC')
    ) }}
    {%- endif -%}
{%- endmacro %}
