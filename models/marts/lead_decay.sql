{{ config(materialized='view') }}

-- What decay has taken from each engagement rule that counts, and what will be left (contract,
-- section 5: lead_decay; 0001, number 27).
with rules as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__rules')) }}
    where points <> 0
),

moments as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__moments')) }}
),

engagement_points as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__engagement_points')) }}
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
        engagement_points.events,
        engagement_points.points_before_decay,
        engagement_points.points_after_decay,
        cast(
            engagement_points.points_before_decay - engagement_points.points_after_decay
            as decimal(18, 4)
        ) as points_lost,
        engagement_points.points_in_7_days,
        engagement_points.points_in_30_days,
        -- times
        moments.as_of
    from reasons
    inner join engagement_points
        on
            reasons.moment_key = engagement_points.moment_key
            and reasons.rule_key = engagement_points.rule_key
    inner join rules on reasons.rule_key = rules.rule_key
    inner join moments on reasons.moment_key = moments.moment_key
)

select * from final
