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

moments as (
    select * from {{ ref('int_lead_scoring__moments') }}
),

as_of_days as (
    select distinct as_of_day
    from moments
),

days_in_use as (
    select occurred_day as day_in_use from {{ ref('stg_lead_scoring__events') }}
    where quarantine_cause is null
    union
    select exists_from_day as day_in_use from moments
),

-- only ages that occur: one event of 1970 must not cost twenty thousand rows a curve
ages_in_use as (
    select distinct
        {{ dbt.datediff('days_in_use.day_in_use', 'as_of_days.as_of_day', 'day') }} as age_in_use
    from days_in_use
    inner join as_of_days on days_in_use.day_in_use <= as_of_days.as_of_day
),

-- lead_decay looks ten years ahead
ages_ahead as (
    {{ lead_scoring.whole_numbers(
        'ages_in_use', 'ages_in_use.age_in_use', 'ages_in_use.age_in_use + 3650', 'age'
    ) }}
),

ages as (
    select
        age,
        max(case when age = age_in_use then 1 else 0 end) = 1 as is_in_use
    from ages_ahead
    group by age
),

final as (
    select
        -- ids
        curves.decay,
        ages.age,
        -- strings
        curves.clock,
        -- flags
        ages.is_in_use,
        -- numerics
        {{ lead_scoring.decay_factor('curves', 'ages.age') }} as factor
    from curves
    cross join ages
)

select * from final
