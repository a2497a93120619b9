-- Every event of the chosen tools, with the lead whose it is, if that is known, what it is here,
-- and why it is put aside, if it is. Of a web tool it is its user's, else the user's of its device.
{%- set are_apart = var('lead_scoring_shared_devices', 'together') == 'apart' %}
{#- where a device has one user in all time, times need not be read #}
{%- set occurred_at = lead_scoring.input_time_of('events.occurred_at') if are_apart
    else "cast('2000-01-01' as timestamp)" %}
{%- set columns = [
    'event_id', 'lead_id', 'event_name', 'occurred_at', 'loaded_at', 'channel', 'url', 'asset',
    'session_id', 'user_agent', 'is_bot', 'quantity',
] %}
{#- those of the chosen tools that know browsers and devices, and people by a user id at most #}
{%- set web_tools = lead_scoring.connectors()
    | select('in', ['segment', 'snowplow', 'ga4']) | list %}

with events as (
    {{ lead_scoring.connected_rows(
        'events', columns + ['address', 'device_id', 'user_id', 'is_deleted', 'put_aside']
    ) }}
),

typed_events as (
    select * from {{ ref('stg_lead_scoring__typed_events') }}
),

devices as (
    select * from {{ ref('stg_lead_scoring__devices') }}
),

shared_users as (
    select * from {{ ref('stg_lead_scoring__shared_users') }}
),

addresses as (
    select * from {{ ref('stg_lead_scoring__addresses') }}
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
        events_with_users.*,
        case events_with_users.tool
            {%- for tool in web_tools %}
            when '{{ tool }}'
                then {{ lead_scoring.person_id(tool, 'events_with_users.known_user') }}
            {%- endfor %}
            when '' then null
            else coalesce(events_with_users.lead_id, addresses.lead_id)
        end as known_lead
    from events_with_users
    left join addresses
        on
            events_with_users.tool = addresses.tool
            and {{ lead_scoring.normalised('events_with_users.address') }} = addresses.address
),

final as (
    select
        events_with_leads.tool,
        {%- for column in columns if column not in ['lead_id', 'event_name'] %}
        events_with_leads.{{ column }},
        {%- endfor %}
        events_with_leads.known_lead as lead_id,
        typed_events.event_type,
        case
            when events_with_leads.put_aside is not null then events_with_leads.put_aside
            when {{ lead_scoring.is_set('events_with_leads.is_deleted') }} then 'deleted'
            when typed_events.event_type is null then 'left out by event_names'
            -- of a CRM's event without a person the engine says so itself
            when
                leads.lead_id is null
                and events_with_leads.tool in ('{{ web_tools | join("', '") }}')
                then 'of nobody known'
        end as put_aside
    from events_with_leads
    left join typed_events
        on
            events_with_leads.tool = typed_events.tool
            and coalesce(events_with_leads.event_name, 'unnamed') = typed_events.event_name
            and coalesce(events_with_leads.url, '') = coalesce(typed_events.url, '')
            and coalesce(events_with_leads.asset, '') = coalesce(typed_events.asset, '')
            and coalesce(events_with_leads.channel, '') = coalesce(typed_events.channel, '')
    left join leads on events_with_leads.known_lead = leads.lead_id
)

select * from final
