-- To whom each lead that meets a stage is handed over, should it rise now, and what is said with
-- it: of the routing rules for its own scorecard and the stage the one of lowest priority, ties by
-- rule_id (contract, section 4: held stage; decision 9). A rule on the attribute likelihood looks
-- at what the live prediction for the lead's own scorecard foretells, else the one for every lead.
with standings as (
    select standings.*
    from {{ ref('int_lead_scoring__stage_standings') }} as standings
    inner join {{ ref('int_lead_scoring__recorded_instants') }} as instants
        on standings.as_of = instants.as_of and instants.hands_over
    where
        standings.standing = 'met'
        and not ({{ lead_scoring.is_held_out('standings.lead_id') }})
),

leads as (
    select * from {{ ref('int_lead_scoring__leads_at_moments') }}
    where status = 'open'
),

routing_rules as (
    select
        scorecard_rules.scorecard,
        scorecard_rules.stage,
        scorecard_rules.place,
        rules.rule_key,
        rules.rule_id,
        rules.attribute,
        rules.queue,
        rules.action,
        rules.respond_within_minutes
    from {{ ref('int_lead_scoring__scorecard_rules') }} as scorecard_rules
    inner join {{ ref('int_lead_scoring__rules') }} as rules
        on scorecard_rules.rule_key = rules.rule_key
    where scorecard_rules.kind = 'routing'
),

live_likelihoods as (
    select
        likelihoods.moment_key,
        {{ lead_scoring.decimal_text('likelihoods.probability') }} as value,
        row_number() over (
            partition by likelihoods.moment_key
            order by case when predictions.scorecard = '*' then 1 else 0 end
        ) as nearness
    from {{ ref('int_lead_scoring__likelihoods') }} as likelihoods
    inner join {{ ref('int_lead_scoring__prediction_standings') }} as predictions
        on likelihoods.prediction = predictions.prediction
    where predictions.status = 'live'
),

likelihoods_of_leads as (
    select
        leads.moment_key,
        live_likelihoods.value
    from leads
    left join live_likelihoods
        on leads.moment_key = live_likelihoods.moment_key and live_likelihoods.nearness = 1
),

distinct_likelihoods as (
    select distinct
        'lead' as subject,
        'likelihood' as attribute,
        value
    from likelihoods_of_leads
    where value is not null
),

satisfied_conditions as (
    {{ lead_scoring.satisfied_conditions('distinct_likelihoods') }}
),

rules_on_likelihoods as (
    select
        rule_key,
        condition_key,
        operator
    from {{ ref('int_lead_scoring__rule_conditions') }}
    where subject = 'lead' and attribute = 'likelihood'
),

-- satisfied_conditions gives is_empty for values that are there: it holds where there is no such
-- row
rules_that_hold_with_likelihood as (
    select
        moment_key,
        rule_key
    from {{ ref('int_lead_scoring__rules_that_hold') }}
    union all
    select
        likelihoods_of_leads.moment_key,
        rules.rule_key
    from rules_on_likelihoods as rules
    cross join likelihoods_of_leads
    left join satisfied_conditions as satisfied
        on
            rules.condition_key = satisfied.condition_key
            and likelihoods_of_leads.value = satisfied.value
    where
        (rules.operator = 'is_empty' and satisfied.condition_key is null)
        or (rules.operator <> 'is_empty' and satisfied.condition_key is not null)
),

-- a rule without attribute is for every lead
routes as (
    select
        standings.moment_key,
        standings.stage,
        standings.scorecard,
        routing_rules.rule_id,
        routing_rules.queue,
        routing_rules.action,
        routing_rules.respond_within_minutes,
        row_number() over (
            partition by standings.moment_key, standings.stage order by routing_rules.place
        ) as place
    from standings
    inner join leads on standings.moment_key = leads.moment_key
    inner join routing_rules
        on standings.scorecard = routing_rules.scorecard and standings.stage = routing_rules.stage
    left join rules_that_hold_with_likelihood as held
        on
            standings.moment_key = held.moment_key
            and routing_rules.rule_key = held.rule_key
    where routing_rules.attribute is null or held.rule_key is not null
),

scorecard_owners as (
    select
        {{ lead_scoring.normalised('scorecard') }} as scorecard,
        nullif({{ lead_scoring.trimmed('owner') }}, '') as owner
    from {{ ref('lead_scoring__scorecards') }}
),

-- people read them here without the rules: of reasons in equal words the points are added up, where
-- lead_scores lists each rule
strongest_reasons as (
    {{ lead_scoring.strongest_reasons('routes') }}
),

final as (
    select
        -- ids
        routes.moment_key,
        routes.stage,
        routes.rule_id as routing_rule,
        routes.scorecard,
        leads.account,
        -- strings
        routes.queue,
        routes.action,
        scores.segment,
        coalesce(leads.owner, scorecard_owners.owner) as owner,
        strongest_reasons.reasons,
        scores.fit_grade || scores.engagement_grade as grade,
        -- numerics
        routes.respond_within_minutes,
        scores.total_score
    from routes
    inner join leads on routes.moment_key = leads.moment_key
    inner join {{ ref('int_lead_scoring__scores') }} as scores
        on routes.moment_key = scores.moment_key and routes.scorecard = scores.scorecard
    inner join scorecard_owners on routes.scorecard = scorecard_owners.scorecard
    left join strongest_reasons on routes.moment_key = strongest_reasons.moment_key
    where routes.place = 1
)

select * from final
