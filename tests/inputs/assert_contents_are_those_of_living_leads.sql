{#- The two tables of words are kept between runs: what an erased lead alone has done must not stay
    in them, and what an event needs must not be missing. -#}
{{ config(group='lead_scoring') }}

with events_of_leads as (
    select
        events.content_key,
        events.user_agent_hash
    from {{ ref('stg_lead_scoring__events') }} as events
    inner join {{ ref('stg_lead_scoring__lead_identities') }} as identities
        on events.lead_hash = identities.lead_hash
    where events.quarantine_cause is null and identities.lead_key is not null
),

contents_needed as (
    select distinct content_key from events_of_leads
),

user_agents_needed as (
    select distinct user_agent_hash from events_of_leads
    where user_agent_hash is not null
),

final as (
    select
        coalesce(contents_needed.content_key, contents.content_key) as key_or_hash,
        case when contents.content_key is null then 'missing content' else 'stray content' end
            as fault
    from contents_needed
    full outer join {{ ref('stg_lead_scoring__event_contents') }} as contents
        on contents_needed.content_key = contents.content_key
    where contents_needed.content_key is null or contents.content_key is null
    union all
    select
        coalesce(user_agents_needed.user_agent_hash, agents.user_agent_hash) as key_or_hash,
        case
            when agents.user_agent_hash is null then 'missing user agent' else 'stray user agent'
        end as fault
    from user_agents_needed
    full outer join {{ ref('stg_lead_scoring__user_agents') }} as agents
        on user_agents_needed.user_agent_hash = agents.user_agent_hash
    where user_agents_needed.user_agent_hash is null or agents.user_agent_hash is null
)

select * from final
