-- depends_on: {{ ref('int_lead_scoring__run_plan') }}
-- depends_on: {{ ref('stg_lead_scoring__event_load_days') }}
{%- set is_partial = not lead_scoring.recomputes_all('events') %}

with events as (
    {{ lead_scoring.input_rows(
        'events', lead_scoring.arrived_events_condition() if is_partial else none
    ) }}
),

user_agents as (
    select distinct user_agent from events
    where user_agent is not null
),

bot_entries as (
    {{ lead_scoring.list_entries('bot_user_agent') }}
),

final as (
    select distinct user_agents.user_agent
    from user_agents
    inner join bot_entries
        on {{ dbt.position('bot_entries.entry', 'lower(user_agents.user_agent)') }} > 0
    {%- if is_partial %}
    union
    select user_agent from {{ this }}
    {%- endif %}
)

select * from final
