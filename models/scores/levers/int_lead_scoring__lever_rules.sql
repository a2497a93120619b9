-- Which rules of which scorecards each lever touches: those that the event matches, those whose
-- conditions it can change, and where it is an activity all that look at silence (contract, section
-- 4: levers).
with levers as (
    select * from {{ ref('int_lead_scoring__levers') }}
),

rules as (
    select * from {{ ref('int_lead_scoring__rules') }}
    where points is not null
),

engagement_rules as (
    select
        rule_key,
        event_type
    from rules
    where kind = 'engagement'
),

types_of_rules as (
    {{ lead_scoring.split_rows('engagement_rules', 'event_type', '|', 'named_event_type') }}
),

-- an event that says no more than its type: of conditions on events only those of absence hold
rules_of_details as (
    select distinct rule_key
    from {{ ref('int_lead_scoring__rule_conditions') }}
    where subject = 'event' and operator <> 'is_empty' and rule_key is not null
),

rules_of_events as (
    select distinct
        levers.lever_key,
        types_of_rules.rule_key
    from levers
    inner join types_of_rules
        on levers.event_type = {{ lead_scoring.trimmed('types_of_rules.named_event_type') }}
    left join rules_of_details on types_of_rules.rule_key = rules_of_details.rule_key
    where rules_of_details.rule_key is null
),

rules_of_conditions as (
    select distinct
        lever_conditions.lever_key,
        rule_conditions.rule_key
    from {{ ref('int_lead_scoring__lever_conditions') }} as lever_conditions
    inner join {{ ref('int_lead_scoring__rule_conditions') }} as rule_conditions
        on lever_conditions.condition_key = rule_conditions.condition_key
    where rule_conditions.rule_key is not null
),

curves as (
    select
        {{ lead_scoring.normalised('decay') }} as decay,
        coalesce({{ lead_scoring.normalised('clock') }}, 'event') as clock,
        coalesce(expire_days, 1) > 0 as is_ever_fresh
    from {{ ref('lead_scoring__decay_curves') }}
),

rules_with_clock as (
    select
        rules.rule_key,
        rules.kind,
        coalesce(curves.clock, 'event') as clock,
        coalesce(curves.is_ever_fresh, true) as is_ever_fresh
    from rules
    left join curves on rules.decay = curves.decay
),

conditional_rules as (
    select distinct rule_key
    from {{ ref('int_lead_scoring__rule_conditions') }}
    where subject in ('lead', 'history') and rule_key is not null
),

final as (
    select
        -- ids
        levers.lever_key,
        rules.rule_key,
        scorecard_rules.scorecard,
        scorecard_rules.signal_key,
        -- strings
        rules.clock,
        -- flags
        rules_of_events.rule_key is not null as adds_event,
        rules_of_conditions.rule_key is not null as changes_conditions,
        conditional_rules.rule_key is not null as is_conditional,
        rules.is_ever_fresh,
        -- what makes it a lever of this scorecard
        coalesce(rules_of_events.rule_key is not null or levers.rule_key = rules.rule_key, false)
            as is_named
    from levers
    cross join rules_with_clock as rules
    inner join {{ ref('int_lead_scoring__scorecard_rules') }} as scorecard_rules
        on
            rules.rule_key = scorecard_rules.rule_key
            and {{ lead_scoring.gives_points('scorecard_rules.kind') }}
    left join rules_of_events
        on
            levers.lever_key = rules_of_events.lever_key
            and rules.rule_key = rules_of_events.rule_key
    left join rules_of_conditions
        on
            levers.lever_key = rules_of_conditions.lever_key
            and rules.rule_key = rules_of_conditions.rule_key
    left join conditional_rules on rules.rule_key = conditional_rules.rule_key
    where
        rules_of_events.rule_key is not null
        or rules_of_conditions.rule_key is not null
        or (levers.is_activity and (rules.kind = 'inactivity' or rules.clock = 'activity'))
)

select * from final
