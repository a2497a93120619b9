with lead_decay as (
    select * from {{ ref('lead_decay') }}
),

event_reasons as (
    select * from {{ ref('score_reasons') }}
    where
        dimension = 'engagement'
        and signal is not null
        and rule_id <> signal || ':limit'
),

final as (
    select
        coalesce(lead_decay.lead_id, event_reasons.lead_id) as lead_id,
        coalesce(lead_decay.scorecard, event_reasons.scorecard) as scorecard,
        coalesce(lead_decay.rule_id, event_reasons.rule_id) as rule_id,
        coalesce(lead_decay.as_of, event_reasons.as_of) as as_of,
        lead_decay.points_after_decay,
        event_reasons.points
    from lead_decay
    full outer join event_reasons
        on
            lead_decay.lead_id = event_reasons.lead_id
            and lead_decay.scorecard = event_reasons.scorecard
            and lead_decay.rule_id = event_reasons.rule_id
            and lead_decay.as_of = event_reasons.as_of
    -- points may fade until they round to 0: then there is no reason left
    where coalesce(lead_decay.points_after_decay, 0) <> coalesce(event_reasons.points, 0)
)

select * from final
