with scored_outcomes as (
    select * from {{ ref('int_lead_scoring__scored_outcomes') }}
),

calibration as (
    select * from {{ ref('int_lead_scoring__calibrations') }}
),

scorecards as (
    select
        scorecard,
        scorecard_status,
        sum(1 - known) as censored_leads,
        {{ lead_scoring.known_outcomes('known', 'converted') }}
    from scored_outcomes
    group by scorecard, scorecard_status
),

final as (
    select
        -- ids
        scorecards.scorecard,
        -- strings
        {{ lead_scoring.purpose_column() }},
        scorecards.scorecard_status,
        calibration.calibration_verdict,
        case
            when
                scorecards.conversions < 10
                or scorecards.known_leads - scorecards.conversions < 10
                then 'too few outcomes to say'
            when scorecards.scorecard_status = 'live' and intervals.auc_low > 0.5
                then 'ranks better than chance'
            when scorecards.scorecard_status = 'live' and intervals.auc_high < 0.5
                then 'ranks worse than chance'
            when scorecards.scorecard_status = 'live' then 'no better than chance'
            when intervals.difference_low > 0 then 'better than the live scorecards'
            when intervals.difference_high < 0 then 'worse than the live scorecards'
            else 'no difference'
        end as verdict,
        -- numerics
        cast({{ var('lead_scoring_horizon_days', 90) | int }} as integer) as horizon_days,
        cast(scorecards.known_leads as bigint) as leads,
        cast(scorecards.conversions as bigint) as conversions,
        cast(scorecards.censored_leads as bigint) as censored_leads,
        scorecards.conversion_rate,
        {%- for figure in [
            'auc', 'auc_low', 'auc_high', 'live_auc', 'auc_difference', 'difference_low',
            'difference_high',
        ] %}
        intervals.{{ figure }},
        {%- endfor %}
        rank_figures.ks,
        rank_figures.top_decile_lift,
        calibration.calibration_error,
        calibration.expected_conversions,
        calibration.recent_conversions
    from scorecards
    left join {{ ref('int_lead_scoring__auc_intervals') }} as intervals
        on scorecards.scorecard = intervals.scorecard
    left join {{ ref('int_lead_scoring__rank_figures') }} as rank_figures
        on scorecards.scorecard = rank_figures.scorecard
    left join calibration on scorecards.scorecard = calibration.scorecard
)

select * from final
