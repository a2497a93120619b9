with scores as (
    select * from {{ ref('int_lead_scoring__scores') }}
    where is_own_scorecard
),

disqualifiers as (
    select
        held.moment_key,
        scorecard_rules.scorecard,
        {{ lead_scoring.ordered_texts('reason_texts.words', "'; '", 'scorecard_rules.rule_id') }}
            as words
    from {{ ref('int_lead_scoring__rules_that_hold') }} as held
    inner join {{ ref('int_lead_scoring__scorecard_rules') }} as scorecard_rules
        on held.rule_key = scorecard_rules.rule_key
    inner join {{ ref('int_lead_scoring__reason_texts') }} as reason_texts
        on held.rule_key = reason_texts.rule_key
    where scorecard_rules.disqualifies
    group by held.moment_key, scorecard_rules.scorecard
),

final as (
    select
        -- ids
        leads.lead_id,
        scores.scorecard,
        leads.account,
        -- strings
        scores.segment,
        leads.status,
        scores.stage,
        scores.temperature,
        scores.fit_grade || scores.engagement_grade as grade,
        scores.fit_grade,
        scores.engagement_grade,
        disqualifiers.words as disqualified_because,
        top_reasons.reason_up_1,
        top_reasons.reason_up_2,
        top_reasons.reason_up_3,
        top_reasons.reason_down_1,
        top_reasons.reason_down_2,
        top_reasons.reason_down_3,
        scores.rules_fingerprint,
        scores.rules_commit,
        -- numerics
        scores.total_score,
        scores.fit_score,
        scores.engagement_score,
        scores.fit_coverage,
        -- flags
        scores.is_disqualified,
        -- times
        scores.last_activity_at,
        leads.as_of
    from scores
    inner join {{ ref('int_lead_scoring__leads_at_moments') }} as leads
        on scores.moment_key = leads.moment_key
    left join {{ ref('int_lead_scoring__top_reasons') }} as top_reasons
        on scores.moment_key = top_reasons.moment_key
    left join disqualifiers
        on
            scores.moment_key = disqualifiers.moment_key
            and scores.scorecard = disqualifiers.scorecard
)

select * from final
