with decay_factors as (
    select * from {{ ref('int_lead_scoring__decay_factors') }}
),

last_factors as (
    select
        decay,
        min(factor) as factor
    from decay_factors
    group by decay
),

ages_in_use as (
    select * from decay_factors
    where is_in_use and factor > 0
),

-- sums of points are compared to six decimals: 0.0000005 is the least that can count from one point
-- on, and 0.00000000001, a rounding of factors, cannot count below 10,000 points
final as (
    select
        -- ids
        ages_in_use.decay,
        ages_in_use.age,
        -- numerics
        min(
            case
                when 2 * later.factor - ages_in_use.factor <= 0.0000005
                    then later.age - ages_in_use.age
            end
        ) as first_days,
        min(
            case
                when 2 * later.factor - ages_in_use.factor <= 0.00000000001
                    then later.age - ages_in_use.age
            end
        ) as last_days,
        min(
            case when later.factor = last_factors.factor then later.age - ages_in_use.age end
        ) as settled_days
    from ages_in_use
    inner join decay_factors as later
        on
            ages_in_use.decay = later.decay
            and ages_in_use.age < later.age
            and ages_in_use.age + 3650 >= later.age
    inner join last_factors on ages_in_use.decay = last_factors.decay
    group by ages_in_use.decay, ages_in_use.age
)

select * from final
