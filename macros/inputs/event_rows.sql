{#- A select of every row of the input events, in the few columns that scoring needs: what no rule
    looks at is left behind, what rules look at is one combination_key.
    In: optionally a condition on the input's own columns.
    Call: event_rows(). Out: a select statement; needs refs to int_lead_scoring__event_types and
    int_lead_scoring__bot_agents in the model. Beside its columns: row_text, for ties. -#}
{% macro event_rows(condition=none) -%}
    select
        -- ids
        {{ lead_scoring.short_hash(['events.event_id']) }} as event_hash,
        events.event_id,
        events.lead_id,
        {{ lead_scoring.combination_key() }} as combination_key,
        -- strings
        events.quarantine_cause,
        case when event_types.is_click then lower(coalesce(events.url, events.asset)) end
            as click_target,
        {{ lead_scoring.row_text('events', 'events') }} as row_text,
        -- flags
        coalesce(event_types.is_click, false) as is_click,
        bot_agents.user_agent is not null as is_of_bot_agent,
        -- times
        events.occurred_at,
        {{ lead_scoring.reporting_day('events.occurred_at') }} as occurred_day,
        coalesce(events.loaded_at, events.occurred_at) as known_at,
        events.load_day
    from ({{ lead_scoring.input_rows('events', condition) }}) as events
    left join {{ ref('int_lead_scoring__event_types_in_use') }} as event_types
        on lower(events.event_type) = event_types.event_type
    left join {{ ref('int_lead_scoring__bot_agents') }} as bot_agents
        on events.user_agent = bot_agents.user_agent
{%- endmacro %}
