-- With Snowplow's own Identities a person is its snowplow_id, else the user's id.
with {{ lead_scoring.vendor_imports('snowplow', ['events']) }},

final as (
    select
        event_id,
        case when event_format = 'struct' then action else event_name end as event_name,
        coalesce({{ lead_scoring.value_in_json('identity_json', 'snowplow_id') }}, user_id)
            as user_id,
        -- an app has no cookie
        coalesce(cookie_id, {{ lead_scoring.value_in_json('client_session', 'userId') }})
            as device_id,
        -- the device's clock put right; events may come late, and are known from their loading on
        coalesce(derived_at, collected_at) as occurred_at,
        coalesce(load_at, enriched_at, collected_at) as loaded_at,
        coalesce(medium, platform) as channel,
        url,
        coalesce(title, label) as asset,
        coalesce(session_id, {{ lead_scoring.value_in_json('client_session', 'sessionId') }})
            as session_id,
        user_agent,
        case
            when {{ lead_scoring.value_in_json('robot', 'spiderOrRobot') }} = 'true' then 'true'
            when {{ lead_scoring.value_in_json('agent', 'agentClass') }} like 'Robot%' then 'true'
        end as is_bot,
        quantity
    from events
)

select * from final
