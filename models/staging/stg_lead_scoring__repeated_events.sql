-- depends_on: {{ ref('int_lead_scoring__run_plan') }}
-- where only some load days are read, repetitions are sought among them and what is kept
with final as (
    select {{ lead_scoring.event_hash_of_input() }} as event_hash
    from {{ lead_scoring.input_relation('events') }}
    where {{ 'true' if lead_scoring.recomputes_all('events') else 'false' }}
    group by event_hash
    having count(*) > 1
)

select * from final
