{%- set activities = [
    'visit_webpage', 'fill_out_form', 'click_link', 'open_email', 'click_email', 'email_bounced',
    'unsubscribe_email', 'receive_sales_email', 'interesting_moment',
    'change_status_in_progression',
] %}
{%- set host = lead_scoring.connector_settings('marketo').get('website', '') %}

{%- set tables = [] %}
{%- for activity in activities %}
{%- do tables.append('activity_' ~ activity) %}
{%- endfor %}

with {{ lead_scoring.vendor_imports('marketo', tables) }},

final as (
    {%- for activity in activities %}
    select
        '{{ activity }}' as event_name,
        '{{ activity }}-' || event_id as event_id,
        'marketo-' || lead_id as lead_id,
        occurred_at,
        '{{ 'email' if 'email' in activity else 'web' }}' as channel,
        -- a page is a path alone: the settings' website stands before it
        coalesce(link, '{{ host }}' || page) as url,
        asset,
        user_agent,
        is_bot
    from activity_{{ activity }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select * from final
