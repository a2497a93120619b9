with events as (
    select * from {{ ref('stg_lead_scoring__events') }}
    where quarantine_cause is null
),

moments as (
    select * from {{ ref('int_lead_scoring__moments') }}
),

final as (
    {{ lead_scoring.bot_events() }}
)

select * from final
