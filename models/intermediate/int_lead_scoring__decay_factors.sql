with curves as (
    select
        {{ lead_scoring.normalised('decay') }} as decay,
        {{ lead_scoring.normalised('method') }} as method,
        coalesce({{ lead_scoring.normalised('clock') }}, 'event') as clock,
        days,
        percent,
        grace_days,
        floor_percent,
        expire_days
    from {{ ref('lead_scoring__decay_curves') }}
    union all
    select
        'no decay' as decay,
        'none' as method,
        'event' as clock,
        null as days,
        null as percent,
        null as grace_days,
        null as floor_percent,
        null as expire_days
),

earliest_days as (
    select min(occurred_day) as earliest_day from {{ ref('stg_lead_scoring__events') }}
    where quarantine_cause is null
    union all
    select min(exists_from_day) as earliest_day from {{ ref('int_lead_scoring__moments') }}
),

latest_days as (
    select max(as_of_day) as latest_day from {{ ref('int_lead_scoring__moments') }}
),

-- ten years more than the data need: lead_decay looks ahead
longest_spans as (
    select
        3650 + coalesce(greatest(
            0, {{ dbt.datediff('min(earliest_days.earliest_day)', 'max(latest_days.latest_day)', 'day') }}
        ), 0) as days
    from earliest_days
    cross join latest_days
),

ages as (
    {{ lead_scoring.whole_numbers('longest_spans', 'days', 'age') }}
),

final as (
    select
        -- ids
        curves.decay,
        ages.age,
        -- strings
        curves.clock,
        -- numerics
        {{ lead_scoring.decay_factor('curves', 'ages.age') }} as factor
    from curves
    cross join ages
)

select * from final
