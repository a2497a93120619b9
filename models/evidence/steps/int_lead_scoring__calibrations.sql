with bands as (
    select
        *,
        recent_leads as known_leads,
        recent_conversions as conversions,
        past_leads as past_known_leads
    from {{ ref('score_calibration') }}
),

scorecards as (
    select
        scorecard,
        sum(known_leads) as known_leads,
        sum(conversions) as conversions,
        sum(past_known_leads) as past_known_leads,
        sum(past_conversions) as past_conversions,
        {{ lead_scoring.calibration_sums('known_leads') }},
        sum(abs(conversions - expected_conversions)) as distance
    from bands
    group by scorecard
),

final as (
    select
        -- ids
        scorecard,
        -- strings
        {{ lead_scoring.calibration_verdict('scorecards') }} as calibration_verdict,
        -- numerics
        {{ lead_scoring.ratio('distance', 'known_leads') }} as calibration_error,
        {{ lead_scoring.statistic('expected_conversions') }} as expected_conversions,
        cast(case when past_known_leads > 0 then conversions end as bigint) as recent_conversions
    from scorecards
)

select * from final
