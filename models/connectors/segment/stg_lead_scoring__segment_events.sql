{%- set columns = [
    'event_id', 'device_id', 'user_id', 'occurred_at', 'loaded_at', 'channel', 'url', 'asset',
    'session_id', 'user_agent',
] %}

with {{ lead_scoring.vendor_imports(
    'segment', ['tracks', 'pages', 'screens', 'identifies', 'aliases']
) }},

final as (
    {%- for table, name in {
        'tracks': 'event_name', 'pages': "'page'", 'screens': "'screen'",
    }.items() %}
    select
        {{ name }} as event_name,
        {%- for column in columns %}
        {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ table }}
    union all
    {%- endfor %}
    -- whose browser it is
    select
        'identify' as event_name,
        event_id,
        device_id,
        user_id,
        seen_at as occurred_at,
        loaded_at,
        {%- for column in columns[5:] %}
        null as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from identifies
    union all
    select
        'identify' as event_name,
        previous_id || '-' || user_id as event_id,
        previous_id as device_id,
        user_id,
        merged_at as occurred_at,
        {%- for column in columns[4:] %}
        null as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from aliases
)

select * from final
