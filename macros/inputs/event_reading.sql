{#- A select of one row that says how events are read: for each of their columns but the type, which
    is always read, whether a row of attributes declares it ("reads <column>"), and a text ("reading
    of events") that is another where the declared columns, the settings of times, the hashes or
    this way of reading are others. The names have blanks since the row stands beside the input's
    columns, of which one may be called reading.
    In: the columns of events (input_columns). Call: event_reading(columns).
    Out: a select statement. -#}
{% macro event_reading(columns) -%}
    select
        {%- for column in lead_scoring.event_columns(columns) if column != 'event_type' %}
        coalesce(max(case when declared.event_column = '{{ column }}' then 1 else 0 end), 0) = 1
            as {{ adapter.quote('reads ' ~ column) }},
        {%- endfor %}
        'reading 5, {{ var("lead_scoring_input_time_zone", "UTC") }}'
        || '{{ var("lead_scoring_date_order", none) or "" }}, '
        || {{ lead_scoring.hashes_in_use() }} || ': ' || coalesce(
            {{ lead_scoring.ordered_texts(
                'declared.event_column', "', '", 'declared.event_column'
            ) }},
            ''
        ) as {{ adapter.quote('reading of events') }}
    from (
        select distinct {{ lead_scoring.normalised('attribute') }} as event_column
        from {{ ref('lead_scoring__attributes') }}
        where
            {{ lead_scoring.normalised(lead_scoring.rule_column('of')) }} = 'event'
            and {{ lead_scoring.normalised('attribute') }} in (
                '{{ lead_scoring.event_columns(columns) | join("', '") }}'
            )
    ) as declared
{%- endmacro %}
