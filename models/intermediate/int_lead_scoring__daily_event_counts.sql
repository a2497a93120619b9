with events as (
    select * from {{ ref('stg_lead_scoring__events') }}
    where quarantine_cause is null
),

moments as (
    select * from {{ ref('int_lead_scoring__moments') }}
),

event_types_in_use as (
    select * from {{ ref('int_lead_scoring__event_types_in_use') }}
),

combinations as (
    select * from {{ ref('int_lead_scoring__event_combinations') }}
),

bot_events as (
    select * from {{ ref('int_lead_scoring__bot_events') }}
),

known_events as (
    select
        moments.moment_key,
        moments.as_of_day,
        events.event_id,
        events.occurred_at,
        events.occurred_day,
        {{ lead_scoring.event_combination() }} as combination
    from events
    inner join event_types_in_use on events.event_type = event_types_in_use.event_type
    inner join moments on {{ lead_scoring.is_known_at_moment() }}
),

counting_events as (
    select known_events.*
    from known_events
    left join bot_events
        on
            known_events.moment_key = bot_events.moment_key
            and known_events.event_id = bot_events.event_id
    where bot_events.event_id is null
),

final as (
    select
        -- ids
        counting_events.moment_key,
        combinations.combination_key,
        -- numerics
        {{ dbt.datediff('counting_events.occurred_day', 'counting_events.as_of_day', 'day') }}
            as age,
        count(*) as events,
        -- times
        max(counting_events.occurred_at) as latest_occurred_at
    from counting_events
    inner join combinations on counting_events.combination = combinations.combination
    group by
        counting_events.moment_key,
        combinations.combination_key,
        counting_events.as_of_day,
        counting_events.occurred_day
)

select * from final
