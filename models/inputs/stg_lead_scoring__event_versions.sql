-- Of the rows of one event_id the one that was loaded last holds (contract, section 2). Few events
-- have several rows: only those are here, each with the time until which it holds.
{%- set found = lead_scoring.input_columns('events') %}

with repeated_events as (
    select event_hash
    from {{ ref('stg_lead_scoring__events') }}
    where quarantine_cause is null
    group by event_hash
    having count(*) > 1
),

-- copies of a row are one
versions as (
    select distinct
        events.event_hash,
        events.lead_hash,
        events.session_hash,
        events.target_hash,
        events.user_agent_hash,
        events.content_key,
        events.row_hash,
        events.is_bot,
        events.is_clock_ahead,
        events.occurred_at,
        events.known_at
    from {{ ref('stg_lead_scoring__events') }} as events
    inner join repeated_events on events.event_hash = repeated_events.event_hash
    where events.quarantine_cause is null
),

tied_events as (
    select event_hash
    from versions
    group by event_hash, known_at
    having count(*) > 1
),

-- what tells them apart stands in the input alone
texts_of_tied_rows as (
    select distinct
        {{ lead_scoring.row_hash('events', found) }} as row_hash,
        {{ lead_scoring.row_text('events', found) }} as row_text
    from {{ lead_scoring.input_relation('events') }}
    where
        {{ lead_scoring.event_hash_of_input(found) }} in (
            select tied_events.event_hash from tied_events
        )
),

ranked_versions as (
    select
        versions.*,
        row_number() over (
            partition by versions.event_hash, versions.known_at
            order by texts_of_tied_rows.row_text, versions.row_hash
        ) as rank_among_equals
    from versions
    left join texts_of_tied_rows on versions.row_hash = texts_of_tied_rows.row_hash
),

final as (
    select
        -- ids
        event_hash,
        lead_hash,
        session_hash,
        target_hash,
        user_agent_hash,
        content_key,
        -- flags
        is_bot,
        is_clock_ahead,
        -- times
        occurred_at,
        known_at,
        lead(known_at) over (partition by event_hash order by known_at) as superseded_at
    from ranked_versions
    where rank_among_equals = 1
)

select * from final
