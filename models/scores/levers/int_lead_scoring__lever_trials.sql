-- Which lever each lead could pull at the moment (contract, section 4: levers): an event that its
-- own scorecard looks at, or an attribute that is missing. Bursts of clicks that are not over leave
-- no room for an event of the lead's own.
with levers as (
    select * from {{ ref('int_lead_scoring__levers') }}
),

-- open, and not disqualified
leads as (
    select
        scores.moment_key,
        scores.scorecard,
        leads.as_of,
        leads.is_version_younger,
        activity.gap
    from {{ ref('int_lead_scoring__scores') }} as scores
    inner join {{ ref('int_lead_scoring__leads_at_moments') }} as leads
        on scores.moment_key = leads.moment_key
    inner join {{ ref('int_lead_scoring__activity') }} as activity
        on scores.moment_key = activity.moment_key
    where scores.is_own_scorecard and not scores.is_disqualified and leads.status = 'open'
),

bursts_not_over as (
    select distinct leads.moment_key
    from leads
    inner join {{ ref('int_lead_scoring__bot_bursts') }} as bursts
        on leads.moment_key = bursts.moment_key and leads.as_of <= bursts.ends_at
),

conditions_of_absence as (
    select distinct
        condition_key,
        attribute
    from {{ ref('int_lead_scoring__rule_conditions') }}
    where subject = 'lead' and operator = 'is_empty'
),

missing_attributes as (
    select
        held.moment_key,
        conditions.attribute
    from {{ ref('int_lead_scoring__lead_conditions') }} as held
    inner join conditions_of_absence as conditions
        on held.condition_key = conditions.condition_key
),

levers_of_scorecards as (
    select distinct
        lever_rules.scorecard,
        levers.*
    from levers
    inner join {{ ref('int_lead_scoring__lever_rules') }} as lever_rules
        on levers.lever_key = lever_rules.lever_key and lever_rules.is_named
),

final as (
    select
        leads.moment_key,
        levers.lever_key,
        leads.scorecard,
        leads.gap,
        levers.is_activity
    from leads
    inner join levers_of_scorecards as levers
        on leads.scorecard = levers.scorecard and levers.kind = 'event'
    left join bursts_not_over on leads.moment_key = bursts_not_over.moment_key
    where bursts_not_over.moment_key is null
    union all
    select
        leads.moment_key,
        levers.lever_key,
        leads.scorecard,
        leads.gap,
        levers.is_activity
    from leads
    inner join levers_of_scorecards as levers
        on leads.scorecard = levers.scorecard and levers.kind = 'attribute'
    inner join missing_attributes
        on
            leads.moment_key = missing_attributes.moment_key
            and levers.attribute = missing_attributes.attribute
    where not leads.is_version_younger
)

select * from final
