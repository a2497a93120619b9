-- depends_on: {{ ref('int_lead_scoring__run_plan') }}
-- depends_on: {{ ref('stg_lead_scoring__event_load_days') }}
{%- set is_partial = not lead_scoring.recomputes_all('comparisons') %}

with arrived_rows as (
    {{ lead_scoring.event_rows(
        lead_scoring.arrived_events_condition() if is_partial else 'false'
    ) }}
),

final as (
    select
        row_number() over () as arrival_key,
        arrived_rows.*
    from arrived_rows
)

select * from final
