{#- A select of every row of the input events, in the few columns that scoring needs: what no rule
    looks at is left behind, what rules look at is one combination_key.
    In: optionally a condition on the input's own columns.
    Call: event_rows(). Out: a select statement; needs refs to int_lead_scoring__event_types_in_use
    and int_lead_scoring__bot_agents in the model. Beside its columns: row_text, for ties.
    Everything is computed from the input's own columns at once, so that what a row does not need is
    neither cleaned nor read. -#}
{% macro event_rows(condition=none) -%}
    {%- set user_agent = lead_scoring.input_columns('events').get('user_agent') -%}
    {%- set known_at -%}
        coalesce(
            {{ lead_scoring.input_time('events', 'loaded_at') }},
            {{ lead_scoring.input_time('events', 'occurred_at') }}
        )
    {%- endset %}
    select
        -- ids
        {{ lead_scoring.event_hash_of_input() }} as event_hash,
        {{ lead_scoring.input_value('events', 'event_id') }} as event_id,
        {{ lead_scoring.input_value('events', 'lead_id') }} as lead_id,
        {{ lead_scoring.combination_key() }} as combination_key,
        -- strings
        {{ lead_scoring.quarantine_cause('events') }} as quarantine_cause,
        case
            when event_types.type_is_click
                then lower(coalesce(
                    {{ lead_scoring.input_value('events', 'url') }},
                    {{ lead_scoring.input_value('events', 'asset') }}
                ))
        end as click_target,
        {{ lead_scoring.row_text('events') }} as row_text,
        -- flags
        coalesce(event_types.type_is_click, false) as is_click,
        bot_agents.bot_user_agent is not null as is_of_bot_agent,
        -- times
        {{ lead_scoring.input_time('events', 'occurred_at') }} as occurred_at,
        {{ lead_scoring.reporting_day(lead_scoring.input_time('events', 'occurred_at')) }}
            as occurred_day,
        {{ known_at }} as known_at,
        {{ lead_scoring.load_day() }} as load_day
    from {{ lead_scoring.input_relation('events') }} as events
    left join ({{ lead_scoring.uses_of_event_types() }}) as event_types
        on lower({{ lead_scoring.input_value('events', 'event_type') }}) = event_types.type_in_use
    left join (
        select user_agent as bot_user_agent
        from {{ ref('int_lead_scoring__bot_agents') }}
    ) as bot_agents
        on
            {{ adapter.quote(user_agent.name) if user_agent else 'null' }}
            = bot_agents.bot_user_agent
    {%- if condition is not none %}
    where {{ condition }}
    {%- endif %}
{%- endmacro %}
