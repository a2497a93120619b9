{%- set columns = ['event_id', 'device_id', 'user_id', 'event_name', 'occurred_at'] %}
{%- set of_hits = ['loaded_at', 'channel', 'url', 'asset', 'session_id', 'user_agent'] %}

with {{ lead_scoring.vendor_imports(
    'segment', ['tracks', 'pages', 'screens', 'identifies', 'aliases']
) }},

-- identifies and aliases say whose browser it is
final as (
    {{ lead_scoring.united_rows(columns, {
        'tracks': of_hits, 'pages': of_hits, 'screens': of_hits, 'identifies': ['loaded_at'],
        'aliases': [],
    }) }}
)

select * from final
