{#- The day by which event rows are read: that of loaded_at, else of occurred_at, as it is written
    where it begins with a date; the first day of all where none can be seen. It is compared, never
    computed with.
    In: the columns of events (input_columns). Call: load_day(columns).
    Out: a date expression over the columns of the input. -#}
{% macro load_day(columns) -%}
    coalesce(
        {%- for name in ['loaded_at', 'occurred_at'] if name in columns %}
        {%- if lead_scoring.is_time(columns[name]) %}
        cast({{ lead_scoring.utc_time(columns[name]) }} as date),
        {%- else %}
        {%- set text = 'trim(cast(' ~ adapter.quote(columns[name].name) ~ ' as '
            ~ lead_scoring.type_name('text') ~ '))' %}
        cast({{ lead_scoring.timestamp_of('left(' ~ text ~ ', 10)') }} as date),
        cast({{ lead_scoring.input_time_of(text) }} as date),
        {%- endif %}
        {%- endfor %}
        cast('0001-01-01' as date)
    )
{%- endmacro %}
