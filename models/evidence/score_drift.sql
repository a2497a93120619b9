with stability as (
    select * from {{ ref('int_lead_scoring__stability') }}
),

month_rules as (
    select * from {{ ref('int_lead_scoring__month_rules') }}
),

score_months as (
    select * from {{ ref('int_lead_scoring__score_months') }}
),

missing_attributes as (
    select * from {{ ref('int_lead_scoring__missing_attributes') }}
),

outcomes as (
    select
        scorecard,
        '*' as rule_id,
        month,
        known_leads,
        conversions,
        null as leads_with
    from score_months
    union all
    select
        scorecard,
        rule_id,
        month,
        known_leads,
        conversions,
        leads as leads_with
    from month_rules
),

final as (
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
        {{ lead_scoring.ratio('outcomes.leads_with', 'stability.leads') }} as share_with,
        missing_attributes.missing_rate,
        score_months.mean_score,
        cast(outcomes.known_leads as bigint) as known_leads,
        cast(outcomes.conversions as bigint) as conversions,
        {{ lead_scoring.ratio('outcomes.conversions', 'outcomes.known_leads') }}
            as conversion_rate,
        score_months.auc,
        {{ lead_scoring.statistic('score_months.expected_conversions') }} as expected_conversions
    from stability
    inner join outcomes
        on
            stability.scorecard = outcomes.scorecard
            and stability.rule_id = outcomes.rule_id
            and stability.month = outcomes.month
    left join score_months
        on
            stability.scorecard = score_months.scorecard
            and stability.month = score_months.month
            and stability.rule_id = '*'
    left join missing_attributes
        on
            stability.scorecard = missing_attributes.scorecard
            and stability.rule_id = missing_attributes.rule_id
            and stability.month = missing_attributes.month
)

select * from final
