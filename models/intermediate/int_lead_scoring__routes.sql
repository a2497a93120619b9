with rises as (
    select * from {{ ref('int_lead_scoring__stage_rises') }}
),

conditions_that_hold as (
    select * from {{ ref('int_lead_scoring__lead_conditions') }}
),

routing_conditions as (
    select
        routing_key,
        condition_key
    from {{ ref('int_lead_scoring__rule_conditions') }}
    where routing_key is not null
),

scorecards as (
    select {{ lead_scoring.normalised('scorecard') }} as scorecard
    from {{ ref('lead_scoring__scorecards') }}
),

-- a row of the scorecard's own takes the place of the row for every scorecard
routing_rules_own_first as (
    select
        routing_rules.*,
        scorecards.scorecard as routed_for,
        row_number() over (
            partition by scorecards.scorecard, routing_rules.rule_id
            order by
                case when routing_rules.scorecard = '*' then 1 else 0 end,
                routing_rules.routing_key
        ) as nearness
    from scorecards
    inner join {{ ref('int_lead_scoring__routing_rules') }} as routing_rules
        on scorecards.scorecard = routing_rules.scorecard or routing_rules.scorecard = '*'
),

-- a rule without attribute is for every lead
rules_that_hold as (
    select
        rises.moment_key,
        rises.stage,
        routing_rules.rule_id,
        routing_rules.queue,
        routing_rules.action,
        routing_rules.respond_within_minutes,
        row_number() over (
            partition by rises.moment_key, rises.stage
            order by routing_rules.priority, routing_rules.rule_id
        ) as place
    from rises
    inner join routing_rules_own_first as routing_rules
        on
            rises.scorecard = routing_rules.routed_for
            and rises.stage = routing_rules.stage
            and routing_rules.nearness = 1
    left join routing_conditions on routing_rules.routing_key = routing_conditions.routing_key
    left join conditions_that_hold
        on
            rises.moment_key = conditions_that_hold.moment_key
            and routing_conditions.condition_key = conditions_that_hold.condition_key
    where
        routing_rules.attribute is null
        or conditions_that_hold.moment_key is not null
),

final as (
    select
        -- ids
        moment_key,
        stage,
        rule_id as routing_rule,
        -- strings
        queue,
        action,
        -- numerics
        respond_within_minutes
    from rules_that_hold
    where place = 1
)

select * from final
