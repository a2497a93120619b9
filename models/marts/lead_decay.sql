{{ config(materialized='view') }}

with rules as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__rules')) }}
    where points <> 0
),

moments as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__moments')) }}
    where is_current
),

decayed_points as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__decayed_points')) }}
),

halving_days as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__halving_days')) }}
),

-- rules that their signal counts
reasons as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__reasons')) }}
),

final as (
    select
        -- ids
        moments.lead_id,
        reasons.scorecard,
        rules.rule_id,
        -- strings
        rules.signal,
        -- numerics
        decayed_points.events,
        decayed_points.points_before_decay,
        decayed_points.points_after_decay,
        cast(
            decayed_points.points_before_decay - decayed_points.points_after_decay
            as decimal(18, 4)
        ) as points_lost,
        -- times
        cast(
            {{ dbt.dateadd(
                'day',
                'coalesce(decayed_points.half_points_in_days, halving_days.days_ahead)',
                'moments.as_of_day',
            ) }} as date
        ) as half_points_on,
        moments.as_of
    from reasons
    inner join decayed_points
        on
            reasons.moment_key = decayed_points.moment_key
            and reasons.rule_key = decayed_points.rule_key
    inner join rules on reasons.rule_key = rules.rule_key
    left join halving_days
        on
            reasons.moment_key = halving_days.moment_key
            and reasons.rule_key = halving_days.rule_key
    inner join moments on reasons.moment_key = moments.moment_key
)

select * from final
