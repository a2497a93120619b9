with final as (
    select
        -- ids
        scored_outcomes.lead_id,
        scored_outcomes.scorecard,
        rules.rule_id,
        -- numerics
        scored_outcomes.known,
        scored_outcomes.converted,
        reasons.points,
        -- times
        scored_outcomes.month
    from {{ ref('int_lead_scoring__scored_outcomes') }} as scored_outcomes
    inner join {{ ref('int_lead_scoring__reasons') }} as reasons
        on
            scored_outcomes.moment_key = reasons.moment_key
            and scored_outcomes.scorecard = reasons.scorecard
    inner join {{ ref('int_lead_scoring__rules') }} as rules on reasons.rule_key = rules.rule_key
)

select * from final
