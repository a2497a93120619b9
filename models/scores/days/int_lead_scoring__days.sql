-- The time spine of MetricFlow: what its metrics are set on where a day has no row. 16,384 days are
-- 44 years.
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
        cast(numbers.generated_number as integer) - 1 as days_after
    from moments
    cross join numbers
),

days as (
    select
        cast({{ lead_scoring.later('day', 'days_after', 'first_day') }} as date) as day,
        newest_day
    from numbered_days
),

final as (
    select day
    from days
    where day <= newest_day
)

select * from final
