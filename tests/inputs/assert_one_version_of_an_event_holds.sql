{{ config(group='lead_scoring') }}

with versions as (
    select
        event_hash,
        superseded_at,
        lead(known_at) over (partition by event_hash order by known_at) as next_known_at
    from {{ ref('stg_lead_scoring__event_versions') }}
),

-- usable rows of events that have no versions: each holds from when it is known, for ever
single_rows as (
    select events.event_hash
    from {{ ref('stg_lead_scoring__events') }} as events
    left join versions on events.event_hash = versions.event_hash
    where events.quarantine_cause is null and versions.event_hash is null
),

final as (
    select
        event_hash,
        'several rows hold, and none is a version' as fault
    from single_rows
    group by event_hash
    having count(*) > 1
    union all
    select
        event_hash,
        'a version does not end where the next one begins' as fault
    from versions
    where superseded_at is distinct from next_known_at
)

select * from final
