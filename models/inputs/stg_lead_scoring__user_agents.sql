-- As stg_lead_scoring__event_contents, for the one column that tells robots: together with the
-- other columns it would make nearly every event a content of its own.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    post_hook="
        {% if is_incremental() %}
        {% set keys %}
        select distinct events.user_agent_hash as key
        from {{ ref('stg_lead_scoring__events') }} as events
        inner join {{ ref('stg_lead_scoring__lead_identities') }} as identities
            on events.lead_hash = identities.lead_hash and identities.lead_key is not null
        where events.quarantine_cause is null and events.user_agent_hash is not null
        {% endset %}
        {{ lead_scoring.taken_out('user_agent_hash', keys, are_kept=true) }}
        {% endif %}
    "
) }}

{%- set found = lead_scoring.input_columns('events') %}
{%- set user_agent = lead_scoring.input_value('events', 'user_agent', found) %}

with events_of_leads as (
    select
        events.user_agent_hash,
        events.load_day
    from {{ ref('stg_lead_scoring__events') }} as events
    inner join {{ ref('stg_lead_scoring__lead_identities') }} as identities
        on events.lead_hash = identities.lead_hash and identities.lead_key is not null
    where events.quarantine_cause is null and events.user_agent_hash is not null
),

events_with_missing_user_agent as (
    select * from events_of_leads
    {%- if is_incremental() %}
    where user_agent_hash not in (select kept.user_agent_hash from {{ this }} as kept)
    {%- endif %}
),

missing_user_agents as (
    select distinct user_agent_hash from events_with_missing_user_agent
),

user_agents_of_input as (
    select distinct {{ user_agent }} as user_agent
    from {{ lead_scoring.input_relation('events') }}
    {%- if is_incremental() %}
    where
        {{ lead_scoring.load_day(found) }} in (
            select events_with_missing_user_agent.load_day from events_with_missing_user_agent
        )
    {%- endif %}
),

final as (
    select
        missing_user_agents.user_agent_hash,
        user_agents_of_input.user_agent
    from user_agents_of_input
    inner join missing_user_agents
        on
            {{ lead_scoring.short_hash(['user_agents_of_input.user_agent']) }}
            = missing_user_agents.user_agent_hash
)

select * from final
