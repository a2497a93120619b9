-- The decay factor of each curve at each age that occurs, then, in 7 and in 30 days (contract,
-- section 4: decay factor). Doubles are safe here: their error, 1e-16, is far below the twelfth
-- decimal, and nothing is summed. Where less is left than 12 decimals show, no power is taken: some
-- servers refuse a number as small as that.
with curves as (
    select
        {{ lead_scoring.normalised('decay') }} as decay,
        {{ lead_scoring.normalised('method') }} as method,
        coalesce({{ lead_scoring.normalised('clock') }}, 'event') as clock,
        days,
        {{ lead_scoring.rule_column('percent') }} as step_percent,
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
        null as step_percent,
        null as grace_days,
        null as floor_percent,
        null as expire_days
),

ages_in_use as (
    select age from {{ ref('int_lead_scoring__counting_events') }}
    union distinct
    select gap as age from {{ ref('int_lead_scoring__activity') }}
),

ages_ahead as (
    select
        age as age_today,
        0 as days_ahead,
        age
    from ages_in_use
    union all
    select
        age as age_today,
        7 as days_ahead,
        age + 7 as age
    from ages_in_use
    union all
    select
        age as age_today,
        30 as days_ahead,
        age + 30 as age
    from ages_in_use
),

ages_of_curves as (
    select
        curves.*,
        ages_ahead.age_today,
        ages_ahead.days_ahead,
        ages_ahead.age,
        cast(curves.days as {{ lead_scoring.type_name('double') }}) as length_in_days,
        cast(coalesce(curves.step_percent, 0) as {{ lead_scoring.type_name('double') }}) / 100
            as share,
        cast(coalesce(curves.floor_percent, 0) as {{ lead_scoring.type_name('double') }}) / 100
            as least_factor,
        greatest(0, ages_ahead.age - coalesce(curves.grace_days, 0)) as days_after_grace
    from curves
    cross join ages_ahead
),

steps_of_curves as (
    select
        *,
        floor(days_after_grace / length_in_days) as steps
    from ages_of_curves
),

factors as (
    select
        decay,
        clock,
        age_today,
        days_ahead,
        cast(case
            when age >= expire_days then 0.0
            else greatest(
                least_factor,
                coalesce(case method
                    when 'none' then 1.0
                    when 'window' then case when age < days then 1.0 else 0.0 end
                    when 'linear' then greatest(0.0, 1 - days_after_grace / length_in_days)
                    when 'step_linear' then greatest(0.0, 1 - share * steps)
                    when 'step_compound'
                        then case
                            when steps = 0 then 1.0
                            when share = 1 then 0.0
                            when steps * ln(1 - share) > -100 then power(1 - share, steps)
                        end
                    when 'half_life'
                        then case
                            when days_after_grace / length_in_days < 100
                                then power(
                                    cast(2 as {{ lead_scoring.type_name('double') }}),
                                    -days_after_grace / length_in_days
                                )
                        end
                end, 0.0)
            )
        end as {{ lead_scoring.type_name('double') }}) as unrounded_factor
    from steps_of_curves
),

rounded_factors as (
    select
        *,
        cast(
            {{ lead_scoring.rounded('unrounded_factor', 12) }}
            as {{ lead_scoring.type_name('decimal', 13, 12) }}
        ) as factor
    from factors
),

final as (
    select
        -- ids
        decay,
        age_today as age,
        -- strings
        clock,
        -- numerics
        max(case when days_ahead = 0 then factor end) as factor,
        max(case when days_ahead = 7 then factor end) as factor_in_7_days,
        max(case when days_ahead = 30 then factor end) as factor_in_30_days
    from rounded_factors
    group by decay, age_today, clock
)

select * from final
