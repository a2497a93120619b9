{%- set is_partial = not lead_scoring.recomputes_all('events') %}

with final as (
    {{ lead_scoring.event_rows(
        lead_scoring.arrived_events_condition() if is_partial else 'false'
    ) }}
)

select * from final
