{#- A select of the identities whose events this run reads otherwise than they are kept: rows that
    the changed load days have, had or have no longer, and other versions of these events.
    In: the relation of arrived events.
    Call: identities_touched_by_events(ref('...arrived_events')).
    Out: a select statement with identity_key and since, the instant from which the difference tells
    in scores. Reads the events as the run before left them. -#}
{% macro identities_touched_by_events(arrived) -%}
    {%- set events = lead_scoring.model_relation('stg_lead_scoring__events') -%}
    {%- set load_days = lead_scoring.model_relation('stg_lead_scoring__event_load_days') -%}
    {%- set identities = lead_scoring.model_relation('stg_lead_scoring__lead_identities') -%}
    {%- set facts = 'event_hash, identity_key, combination_key, click_target, is_click,'
        ~ ' is_of_bot_agent, occurred_at, known_at' %}
    with kept_rows as (
        select {{ facts }}
        from {{ events }}
        where
            load_day in (select load_day from {{ load_days }} where is_changed)
            and quarantine_cause is null
    ),

    rows_with_end as (
        select
            *,
            cast(null as bigint) as identity_key,
            cast(null as timestamp) as superseded_at
        from {{ arrived }}
    ),

    identified_rows as (
        {{ lead_scoring.identified_event_rows('rows_with_end', identities) }}
    ),

    read_rows as (
        select {{ facts }}
        from identified_rows
        where cause is null and identity_key is not null
    ),

    rows_that_differ as (
        (select * from kept_rows except all select * from read_rows)
        union all
        (select * from read_rows except all select * from kept_rows)
    ),

    differences as (
        select
            event_hash,
            identity_key,
            greatest(occurred_at, known_at) as since
        from rows_that_differ
    ),

    differences_of_events as (
        select
            event_hash,
            min(since) as since
        from differences
        group by event_hash
    )

    select
        identity_key,
        min(since) as since
    from (
        select
            identity_key,
            since
        from differences
        union all
        select
            events.identity_key,
            differences_of_events.since
        from {{ events }} as events
        inner join differences_of_events on events.event_hash = differences_of_events.event_hash
        where events.identity_key is not null
    ) as identities_of_differences
    group by identity_key
{%- endmacro %}
