with final as (
    select
        -- ids
        stability.scorecard,
        stability.rule_id,
        stability.month,
        -- strings
        {{ lead_scoring.purpose_column() }},
        stability.psi_verdict,
        coalesce(score_months.rank_order, 'unknown') as rank_order,
        coalesce(score_months.calibration_verdict, 'unknown: a rule foretells no rate')
            as calibration_verdict,
        -- numerics
        cast(stability.leads as bigint) as leads,
        cast(stability.past_leads as bigint) as past_leads,
        stability.psi,
        stability.psi_by_chance,
        {{ lead_scoring.ratio('month_rules.leads', 'stability.leads') }} as share_with,
        missing_attributes.missing_rate,
        score_months.mean_score,
        cast(coalesce(score_months.known_leads, month_rules.known_leads) as bigint) as known_leads,
        cast(coalesce(score_months.conversions, month_rules.conversions) as bigint) as conversions,
        {{ lead_scoring.ratio(
            'coalesce(score_months.conversions, month_rules.conversions)',
            'coalesce(score_months.known_leads, month_rules.known_leads)'
        ) }} as conversion_rate,
        score_months.auc,
        {{ lead_scoring.statistic('score_months.expected_conversions') }} as expected_conversions
    from {{ ref('int_lead_scoring__stability') }} as stability
    left join {{ ref('int_lead_scoring__month_rules') }} as month_rules
        on
            stability.scorecard = month_rules.scorecard
            and stability.rule_id = month_rules.rule_id
            and stability.month = month_rules.month
    left join {{ ref('int_lead_scoring__score_months') }} as score_months
        on
            stability.scorecard = score_months.scorecard
            and stability.month = score_months.month
            and stability.rule_id = '*'
    left join {{ ref('int_lead_scoring__missing_attributes') }} as missing_attributes
        on
            stability.scorecard = missing_attributes.scorecard
            and stability.rule_id = missing_attributes.rule_id
            and stability.month = missing_attributes.month
)

select * from final
