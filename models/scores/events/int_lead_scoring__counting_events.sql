-- The events that count at each moment: known, and not a bot's (contract, section 4: counting
-- events, age, bots).
with contents as (
    select
        contents.content_key,
        contents.event_type in (
            select {{ lead_scoring.normalised('event_types.event_type') }}
            from {{ ref('lead_scoring__event_types') }} as event_types
            where event_types.is_click
        ) as is_click
    from {{ ref('stg_lead_scoring__event_contents') }} as contents
),

known_events as (
    {{ lead_scoring.known_events('contents') }}
),

bot_entries as (
    {{ lead_scoring.list_entries('bot_user_agent') }}
),

bot_user_agents as (
    select distinct user_agents.user_agent_hash
    from {{ ref('stg_lead_scoring__user_agents') }} as user_agents
    inner join bot_entries
        on {{ dbt.position('bot_entries.entry', 'lower(user_agents.user_agent)') }} > 0
),

bursts as (
    select * from {{ ref('int_lead_scoring__bot_bursts') }}
),

final as (
    select
        -- ids
        known_events.moment_key,
        known_events.event_hash,
        known_events.content_key,
        -- numerics
        {{ dbt.datediff(
            lead_scoring.reporting_day('known_events.occurred_at'), 'known_events.as_of_day', 'day'
        ) }} as age,
        -- flags
        known_events.is_scored,
        -- times
        known_events.as_of_day,
        known_events.occurred_at
    from known_events
    inner join contents on known_events.content_key = contents.content_key
    left join bot_user_agents on known_events.user_agent_hash = bot_user_agents.user_agent_hash
    where
        bot_user_agents.user_agent_hash is null
        and not exists (
            select 1
            from bursts
            where
                contents.is_click
                and known_events.moment_key = bursts.moment_key
                and known_events.occurred_at >= bursts.starts_at
                and known_events.occurred_at <= bursts.ends_at
        )
)

select * from final
