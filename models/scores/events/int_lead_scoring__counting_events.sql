-- The events that count at each moment: known, and not a bot's (contract, section 4: counting
-- events, age, bots).
with contents as (
    select content_key from {{ ref('stg_lead_scoring__event_contents') }}
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

final as (
    select
        -- ids
        known_events.moment_key,
        known_events.event_hash,
        known_events.content_key,
        known_events.session_hash,
        known_events.target_hash,
        -- numerics: a clock that goes back over midnight makes no age below 0
        greatest(0, {{ dbt.datediff(
            lead_scoring.reporting_day('known_events.occurred_at'), 'known_events.as_of_day', 'day'
        ) }}) as age,
        -- flags
        known_events.is_scored,
        known_events.is_clock_ahead,
        -- times
        known_events.as_of_day,
        known_events.occurred_at
    from known_events
    left join bot_user_agents on known_events.user_agent_hash = bot_user_agents.user_agent_hash
    left join {{ ref('int_lead_scoring__bot_bursts') }} as bursts
        on
            known_events.moment_key = bursts.moment_key
            and known_events.occurred_at >= bursts.starts_at
            and known_events.occurred_at <= bursts.ends_at
    where
        not coalesce(known_events.is_bot, false)
        and bot_user_agents.user_agent_hash is null
        and bursts.moment_key is null
)

select * from final
