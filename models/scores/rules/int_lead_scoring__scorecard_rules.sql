-- Which rule rows each scorecard has, after overriding, and what their signals ask (contract,
-- section 3). Whole numbers stand for scorecards and signals, so that what is grouped by them is
-- narrow: first_scorecard_rule + rule_key = scorecard_rule, of a scorecard and a rule.
with scorecards as (
    select {{ lead_scoring.normalised('scorecard') }} as scorecard
    from {{ ref('lead_scoring__scorecards') }}
    where {{ lead_scoring.normalised('status') }} in ('live', 'challenger')
),

signals as (
    select
        {{ lead_scoring.normalised('signal') }} as signal,
        {{ lead_scoring.normalised('matching') }} = 'first' as is_first_only,
        cast(coalesce(min_points, -99999999999999) as decimal(18, 4)) as min_points,
        cast(coalesce(max_points, 99999999999999) as decimal(18, 4)) as max_points,
        min_points is not null or max_points is not null as is_limited
    from {{ ref('lead_scoring__signals') }}
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
            partition by
                scorecards.scorecard,
                case
                    when {{ lead_scoring.gives_points('rules.kind') }} then 'points' else rules.kind
                end,
                rules.rule_id
            order by
                case when rules.scorecard = scorecards.scorecard then 0 else 1 end, rules.rule_key
        ) as nearness
    from scorecards
    inner join rules on scorecards.scorecard = rules.scorecard or rules.scorecard = '*'
),

numbers_of_rules as (
    select max(rule_key) + 1 as rules from rules
),

-- place is the order of what competes: rules of a signal, roles of a scorecard, routes of a stage.
-- Rules without a signal share one signal_key of the scorecard. Blank points, of a role a blank
-- weight, switch a rule off (0001, number 20), and are looked for once the override has won.
final as (
    select
        -- ids
        rules_own_first.scored_by as scorecard,
        rules_own_first.rule_key,
        rules_own_first.rule_id,
        dense_rank() over (order by rules_own_first.scored_by) * numbers_of_rules.rules
            as first_scorecard_rule,
        dense_rank() over (order by rules_own_first.scored_by) * numbers_of_rules.rules
        + rules_own_first.rule_key as scorecard_rule,
        dense_rank() over (order by rules_own_first.scored_by, rules_own_first.signal nulls last)
            as signal_key,
        -- strings
        rules_own_first.kind,
        rules_own_first.signal,
        rules_own_first.stage,
        -- numerics
        rules_own_first.points,
        row_number() over (
            partition by
                rules_own_first.scored_by,
                rules_own_first.kind,
                rules_own_first.signal,
                rules_own_first.stage
            order by rules_own_first.priority, rules_own_first.rule_id
        ) as place,
        signals.min_points,
        signals.max_points,
        -- flags
        rules_own_first.disqualifies,
        coalesce(signals.is_first_only, false) as is_first_only,
        coalesce(signals.is_limited, false) as is_limited
    from rules_own_first
    cross join numbers_of_rules
    left join signals on rules_own_first.signal = signals.signal
    where
        rules_own_first.nearness = 1
        and (
            coalesce(rules_own_first.points, rules_own_first.weight) is not null
            or rules_own_first.kind = 'routing'
        )
)

select * from final
