-- depends_on: {{ ref('int_lead_scoring__run_plan') }}
-- where only some load days are read, repetitions are sought among them and what is kept
with events as (
    {{ lead_scoring.input_rows('events') }}
),

final as (
    select {{ lead_scoring.short_hash(['event_id']) }} as event_hash
    from events
    where quarantine_cause is null{{ ' and false' if not lead_scoring.recomputes_all('events') }}
    group by event_hash
    having count(*) > 1
)

select * from final
