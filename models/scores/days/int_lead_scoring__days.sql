-- The time spine of MetricFlow: what its metrics are set on where a day has no row. Of 16,384 days
-- at most, 44 years, up to the run's.
with moments as (
    select
        min(exists_from_day) as first_day,
        max(as_of_day) as newest_day
    from {{ ref('int_lead_scoring__moments') }}
),

numbers as (
    {{ dbt.generate_series(16384) }}
),

numbered_days as (
    select
        moments.first_day,
        moments.newest_day,
        1 - cast(numbers.generated_number as integer) as days_after
    from moments
    cross join numbers
),

days as (
    select
        cast({{ lead_scoring.later('day', 'days_after', 'newest_day') }} as date) as day,
        first_day
    from numbered_days
),

final as (
    select day
    from days
    where day >= first_day
)

select * from final
