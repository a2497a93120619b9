-- Snowplow knows no more of a person than an id: leads only where no CRM has them.
with events as (
    select * from {{ ref('stg_lead_scoring__snowplow_events') }}
),

merged_pairs as (
    select * from {{ ref('stg_lead_scoring__snowplow_lead_merges') }}
),

people as (
    select
        {{ lead_scoring.person_id('snowplow', 'user_id') }} as lead_id,
        case when {{ dbt.position("'@'", 'user_id') }} > 1 then user_id end as email,
        occurred_at
    from events
    where user_id is not null
    union all
    select
        merged_into_lead_id as lead_id,
        null as email,
        survivor_created_at as occurred_at
    from merged_pairs
),

final as (
    select
        lead_id,
        min(occurred_at) as created_at,
        max(email) as email
    from people
    {{ 'where false' if not lead_scoring.makes_leads('snowplow') }}
    group by lead_id
)

select * from final
