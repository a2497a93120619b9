-- Event rows that cannot be used (contract, section 2); those of erased leads leave no trace.
{%- set found = lead_scoring.input_columns('events') %}

with unusable_rows as (
    select
        events.event_hash,
        coalesce(events.quarantine_cause, 'unknown lead') as quarantine_cause,
        row_number() over (
            partition by events.event_hash, coalesce(events.quarantine_cause, 'unknown lead')
            order by events.known_at, events.row_hash
        ) as copy_number
    from {{ ref('stg_lead_scoring__events') }} as events
    left join {{ ref('stg_lead_scoring__lead_identities') }} as identities
        on events.lead_hash = identities.lead_hash
    where
        not coalesce(identities.is_erased, false)
        and (events.quarantine_cause is not null or identities.lead_key is null)
),

event_ids as (
    select distinct
        {{ lead_scoring.event_hash_of_input(found) }} as event_hash,
        {{ lead_scoring.input_value('events', 'event_id', found) }} as event_id
    from {{ lead_scoring.input_relation('events') }}
    where
        {{ lead_scoring.event_hash_of_input(found) }} in (
            select unusable_rows.event_hash from unusable_rows
        )
),

final as (
    select
        -- ids
        event_ids.event_id,
        -- strings
        unusable_rows.quarantine_cause,
        -- numerics
        unusable_rows.copy_number
    from unusable_rows
    left join event_ids on unusable_rows.event_hash = event_ids.event_hash
)

select * from final
