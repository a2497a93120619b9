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
        {%- for column in columns %}
        {{ column }},
        {%- endfor %}
        {{ name }} as event_name
    from {{ table }}
    union all
    {%- endfor %}
    -- whose browser it is
    select
        event_id,
        device_id,
        user_id,
        seen_at as occurred_at,
        loaded_at,
        {%- for column in columns[5:] %}
        null as {{ column }},
        {%- endfor %}
        'identify' as event_name
    from identifies
    union all
    select
        previous_id || '-' || user_id as event_id,
        previous_id as device_id,
        user_id,
        merged_at as occurred_at,
        {%- for column in columns[4:] %}
        null as {{ column }},
        {%- endfor %}
        'identify' as event_name
    from aliases
)

select * from final
