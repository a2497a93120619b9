-- GA4 knows no more of a person than an id: leads only where no CRM has them.
with events as (
    select * from {{ ref('stg_lead_scoring__ga4_events') }}
),

final as (
    select
        {{ lead_scoring.person_id('ga4', 'user_id') }} as lead_id,
        min(occurred_at) as created_at
    from events
    where
        put_aside is null and user_id is not null
        {{ 'and false' if not lead_scoring.makes_leads('ga4') }}
    group by user_id
)

select * from final
