{%- set host = lead_scoring.connector_settings('marketo').get('website', '') %}
{%- set activities = [] %}
{%- for table, columns in lead_scoring.vendor_columns('marketo').items()
    if 'event_name' in columns %}
{%- do activities.append(table) %}
{%- endfor %}

with {{ lead_scoring.vendor_imports('marketo', activities) }},

final as (
    {%- for activity in activities %}
    select
        event_name,
        event_name || '-' || event_id as event_id,
        'marketo-' || lead_id as lead_id,
        occurred_at,
        channel,
        -- a page is a path alone: the settings' website stands before it
        coalesce(link, '{{ host }}' || page) as url,
        asset,
        user_agent,
        is_bot
    from {{ activity }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select * from final
