{#- A select of what became of each row of the input events at its lead's latest moment:
    quarantine_cause and fate. Events of leads that do not exist yet have versions nevertheless.
    In: relations bot_clicks, latest_instants and identities_apart in scope.
    Call: fates_of_events(). Out: a select statement. -#}
{% macro fates_of_events() -%}
    select
        events.quarantine_cause,
        case
            when events.quarantine_cause is not null then 'quarantined'
            when events.known_at > coalesce(apart.as_of, instants.as_of) then 'not_yet_known'
            when events.superseded_at <= coalesce(apart.as_of, instants.as_of) then 'duplicate'
            when apart.identity_key is not null and apart.as_of is null
                then 'lead_not_yet_created'
            when events.occurred_at > coalesce(apart.as_of, instants.as_of) then 'not_yet_known'
            when events.is_of_bot_agent then 'bot'
            when bot_clicks.event_hash is not null then 'bot'
            else 'used'
        end as fate
    from {{ ref('stg_lead_scoring__events') }} as events
    cross join latest_instants as instants
    left join identities_apart as apart on events.identity_key = apart.identity_key
    left join bot_clicks
        on events.event_hash = bot_clicks.event_hash and events.known_at = bot_clicks.known_at
{%- endmacro %}
