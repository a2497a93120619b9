-- depends_on: {{ ref('int_lead_scoring__run_plan') }}
-- depends_on: {{ ref('stg_lead_scoring__event_load_days') }}
{%- set is_partial = not lead_scoring.recomputes_all('events') %}

{%- set column = lead_scoring.input_columns('events').get('user_agent') %}

with user_agents as (
    select distinct
        {{ adapter.quote(column.name) if column else 'cast(null as varchar)' }} as user_agent
    from {{ lead_scoring.input_relation('events') }}
    {%- if is_partial %}
    where {{ lead_scoring.arrived_events_condition() }}
    {%- endif %}
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
