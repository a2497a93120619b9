{{ config(materialized='view') }}

with reasons as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__reasons_in_words')) }}
),

moments as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__moments')) }}
    where is_current
),

final as (
    select
        -- ids
        moments.lead_id,
        reasons.scorecard,
        reasons.rule_id,
        -- strings
        reasons.dimension,
        reasons.signal,
        reasons.family,
        reasons.reason,
        -- numerics
        reasons.points,
        -- times
        moments.as_of
    from reasons
    inner join moments on reasons.moment_key = moments.moment_key
)

select * from final
