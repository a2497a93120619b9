{#- A select of the events of some contents that are known at moments: those that had occurred and
    were loaded by then, of rows of one event the one that held then, under the lead that survives
    merges (contract, section 2). Bots' are among them.
    In: a relation with content_key. Call: known_events('click_contents').
    Out: a select statement with moment_key, as_of_day, is_scored and the columns of the events. -#}
{% macro known_events(contents) -%}
    with events_of_one_row as (
        select
            events.event_hash,
            events.lead_hash,
            events.session_hash,
            events.target_hash,
            events.user_agent_hash,
            events.content_key,
            events.is_bot,
            events.is_clock_ahead,
            events.occurred_at,
            events.known_at,
            cast(null as timestamp) as superseded_at
        from {{ ref('stg_lead_scoring__events') }} as events
        left join {{ ref('stg_lead_scoring__event_versions') }} as versions
            on events.event_hash = versions.event_hash
        where events.quarantine_cause is null and versions.event_hash is null
    ),

    events_of_several_rows as (
        select
            event_hash,
            lead_hash,
            session_hash,
            target_hash,
            user_agent_hash,
            content_key,
            is_bot,
            is_clock_ahead,
            occurred_at,
            known_at,
            superseded_at
        from {{ ref('stg_lead_scoring__event_versions') }}
    ),

    events as (
        select * from events_of_one_row
        union all
        select * from events_of_several_rows
    ),

    moments_of_leads as (
        select
            identities.lead_hash,
            moments.moment_key,
            moments.as_of,
            moments.as_of_day,
            moments.is_scored
        from {{ ref('int_lead_scoring__moments') }} as moments
        inner join {{ ref('stg_lead_scoring__lead_identities') }} as identities
            on moments.lead_key = identities.lead_key
    )

    select
        moments.moment_key,
        moments.as_of_day,
        moments.is_scored,
        events.event_hash,
        events.session_hash,
        events.target_hash,
        events.user_agent_hash,
        events.content_key,
        events.is_bot,
        events.is_clock_ahead,
        events.occurred_at
    from events
    inner join {{ contents }} as contents on events.content_key = contents.content_key
    inner join moments_of_leads as moments
        on
            events.lead_hash = moments.lead_hash
            and events.occurred_at <= moments.as_of
            and events.known_at <= moments.as_of
            and (events.superseded_at is null or events.superseded_at > moments.as_of)
{%- endmacro %}
