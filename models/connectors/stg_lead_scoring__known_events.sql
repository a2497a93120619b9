-- Every event of the chosen tools, with the lead whose it is, if that is known: of a web tool its
-- user, else the user of its device.
{%- set are_apart = var('lead_scoring_shared_devices', 'together') == 'apart' %}
{#- where a device has one user in all time, times need not be read #}
{%- set occurred_at = lead_scoring.input_time_of('events.occurred_at') if are_apart
    else "cast('2000-01-01' as timestamp)" %}
{%- set web_tools = lead_scoring.connectors()
    | select('in', ['segment', 'snowplow', 'ga4']) | list %}
{%- set columns = [
    'event_id', 'lead_id', 'device_id', 'user_id', 'event_name', 'occurred_at', 'loaded_at',
    'channel', 'url', 'asset', 'session_id', 'user_agent', 'is_bot', 'quantity',
] %}

with events as (
    {{ lead_scoring.connected_rows('events', columns) }}
),

devices as (
    select * from {{ ref('stg_lead_scoring__devices') }}
),

shared_users as (
    select {{ lead_scoring.normalised('entry') }} as shared_user
    from {{ ref('lead_scoring__lists') }}
    where {{ lead_scoring.normalised('list') }} = 'shared_user'
),

leads as (
    select distinct lead_id from {{ ref('stg_lead_scoring__connected_leads') }}
),

events_with_users as (
    select
        events.*,
        case
            when events.user_id is not null and shared_users.shared_user is null
                then events.user_id
            else devices.user_id
        end as known_user
    from events
    left join devices
        on
            events.tool = devices.tool
            and events.device_id = devices.device_id
            and {{ occurred_at }} >= devices.held_from
            and {{ occurred_at }} < devices.held_until
    left join shared_users
        on {{ lead_scoring.normalised('events.user_id') }} = shared_users.shared_user
),

events_with_leads as (
    select
        *,
        {%- if web_tools %}
        case tool
            {%- for tool in web_tools %}
            when '{{ tool }}' then {{ lead_scoring.person_id(tool, 'known_user') }}
            {%- endfor %}
            else lead_id
        end as known_lead
        {%- else %}
        lead_id as known_lead
        {%- endif %}
    from events_with_users
),

final as (
    select
        {%- for column in ['event_id'] + columns[5:] %}
        events_with_leads.{{ column }},
        {%- endfor %}
        coalesce(events_with_leads.event_name, 'unnamed') as event_name,
        -- what a web tool knows of nobody among the leads is no fault of its rows
        case
            when
                events_with_leads.tool not in ('segment', 'snowplow', 'ga4')
                or leads.lead_id is not null
                then events_with_leads.known_lead
        end as lead_id,
        events_with_leads.tool
    from events_with_leads
    left join leads on events_with_leads.known_lead = leads.lead_id
)

select * from final
