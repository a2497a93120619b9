with scorecards as (
    select
        scorecard,
        scorecard_status,
        sum(1 - known) as censored_leads,
        sum(case when known = 1 and not is_fitted_to then 1 else 0 end) as unseen_leads,
        sum(case when is_fitted_to then 0 else converted end) as unseen_conversions,
        {{ lead_scoring.known_outcomes('known', 'converted') }}
    from {{ ref('int_lead_scoring__scored_outcomes') }}
    group by scorecard, scorecard_status
),

calibrations as (
    select
        scorecard,
        sum(recent_leads) as known_leads,
        sum(recent_conversions) as conversions,
        sum(past_leads) as past_known_leads,
        sum(past_conversions) as past_conversions,
        {{ lead_scoring.calibration_sums('recent_leads', 'past_leads') }},
        sum(abs(recent_conversions - expected_conversions)) as distance
    from {{ ref('score_calibration') }}
    group by scorecard
),

final as (
    select
        -- ids
        scorecards.scorecard,
        -- strings
        {{ lead_scoring.purpose_column() }},
        scorecards.scorecard_status,
        {{ lead_scoring.calibration_verdict('calibrations') }} as calibration_verdict,
        case
            when
                scorecards.unseen_conversions < 10
                or scorecards.unseen_leads - scorecards.unseen_conversions < 10
                then
                    case
                        when fits.scorecard is null then 'too few outcomes to say'
                        else 'too few outcomes of leads that it was not fitted to'
                    end
            when scorecards.scorecard_status = 'live' and intervals.auc_low > 0.5
                then 'ranks better than chance'
            when scorecards.scorecard_status = 'live' and intervals.auc_high < 0.5
                then 'ranks worse than chance'
            when scorecards.scorecard_status = 'live' then 'no better than chance'
            when intervals.difference_low > 0 then 'better than the live scorecards'
            when intervals.difference_high < 0 then 'worse than the live scorecards'
            else 'no difference'
        end as verdict,
        fits.fit_words,
        -- numerics
        cast({{ var('lead_scoring_horizon_days', 90) | int }} as integer) as horizon_days,
        cast(scorecards.known_leads as bigint) as leads,
        cast(scorecards.conversions as bigint) as conversions,
        cast(scorecards.censored_leads as bigint) as censored_leads,
        cast(scorecards.unseen_leads as bigint) as unseen_leads,
        cast(scorecards.unseen_conversions as bigint) as unseen_conversions,
        scorecards.conversion_rate,
        {%- for figure in [
            'auc', 'auc_low', 'auc_high', 'live_auc', 'auc_difference', 'difference_low',
            'difference_high', 'newest_auc', 'newest_auc_low', 'newest_auc_high',
            'newest_difference', 'newest_difference_low', 'newest_difference_high',
        ] %}
        intervals.{{ figure }},
        {%- endfor %}
        rank_figures.ks,
        rank_figures.top_decile_lift,
        {{ lead_scoring.ratio('calibrations.distance', 'calibrations.known_leads') }}
            as calibration_error,
        {{ lead_scoring.statistic('calibrations.expected_conversions') }} as expected_conversions,
        cast(
            case when calibrations.past_known_leads > 0 then calibrations.conversions end as bigint
        ) as recent_conversions,
        -- times
        intervals.newest_from,
        fits.fitted_until
    from scorecards
    left join {{ ref('int_lead_scoring__auc_intervals') }} as intervals
        on scorecards.scorecard = intervals.scorecard
    left join {{ ref('int_lead_scoring__rank_figures') }} as rank_figures
        on scorecards.scorecard = rank_figures.scorecard
    left join {{ ref('int_lead_scoring__fits') }} as fits
        on scorecards.scorecard = fits.scorecard
    left join calibrations on scorecards.scorecard = calibrations.scorecard
)

select * from final
