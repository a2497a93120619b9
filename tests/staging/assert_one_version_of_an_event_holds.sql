{{ config(group='lead_scoring') }}

with events as (
    select * from {{ ref('stg_lead_scoring__events') }}
    where quarantine_cause is null
),

-- versions that hold for no time, since others were loaded at the same instant, are left out
versions as (
    select
        event_hash,
        known_at,
        superseded_at,
        lead(known_at) over (partition by event_hash order by known_at) as next_known_at
    from events
    where superseded_at is null or superseded_at > known_at
),

final as (
    select *
    from versions
    where next_known_at is not null and (superseded_at is null or superseded_at > next_known_at)
)

select * from final
