with scorecards as (
    select {{ lead_scoring.normalised('scorecard') }} as scorecard
    from {{ ref('lead_scoring__scorecards') }}
    where {{ lead_scoring.normalised('status') }} in ('live', 'challenger')
),

rules as (
    select * from {{ ref('int_lead_scoring__rules') }}
),

-- a row of the scorecard's own takes the place of the row for every scorecard
rules_own_first as (
    select
        rules.*,
        scorecards.scorecard as scored_by,
        row_number() over (
            partition by scorecards.scorecard, rules.rule_id
            order by
                case when rules.scorecard = scorecards.scorecard then 0 else 1 end, rules.rule_key
        ) as nearness
    from scorecards
    inner join rules on scorecards.scorecard = rules.scorecard or rules.scorecard = '*'
),

final as (
    select
        -- ids
        scored_by as scorecard,
        rule_key,
        rule_id,
        -- strings
        kind,
        signal,
        -- numerics
        priority,
        points,
        -- flags
        disqualifies
    from rules_own_first
    where nearness = 1 and points is not null
)

select * from final
