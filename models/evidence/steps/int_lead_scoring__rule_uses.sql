with scorings as (
    select
        scores.moment_key,
        scores.scorecard,
        moments.lead_key
    from {{ ref('int_lead_scoring__scores') }} as scores
    inner join {{ ref('int_lead_scoring__moments') }} as moments
        on scores.moment_key = moments.moment_key
    where scores.is_own_scorecard or scores.scorecard_status = 'challenger'
),

leads_of_scorecards as (
    select
        scorecard,
        count(distinct lead_key) as leads
    from scorings
    group by scorecard
),

leads_of_rules as (
    select
        scorings.scorecard,
        reasons.rule_key,
        count(distinct scorings.lead_key) as leads
    from scorings
    inner join {{ ref('int_lead_scoring__reasons') }} as reasons
        on
            scorings.moment_key = reasons.moment_key
            and scorings.scorecard = reasons.scorecard
    where reasons.rule_key is not null
    group by scorings.scorecard, reasons.rule_key
),

rules_refused as (
    select distinct conditions.rule_key
    from {{ ref('int_lead_scoring__rule_conditions') }} as conditions
    inner join {{ ref('lead_scoring__attributes') }} as attributes
        on conditions.attribute = {{ lead_scoring.normalised('attributes.attribute') }}
    where
        conditions.rule_key is not null
        and conditions.subject = 'lead'
        and {{ lead_scoring.normalised(lead_scoring.rule_column('attributes.of')) }} = 'lead'
        and {{ lead_scoring.normalised('attributes.known') }} = 'after_contact'
),

final as (
    select
        -- ids
        rules.scorecard,
        rules.rule_id,
        -- numerics
        coalesce(leads_of_rules.leads, 0) as leads_ever_with,
        {{ lead_scoring.ratio('coalesce(leads_of_rules.leads, 0)', 'leads_of_scorecards.leads') }}
            as share_ever_with,
        -- flags
        rules_refused.rule_key is not null as is_refused,
        rules_refused.rule_key is null
        and coalesce(
            coalesce(leads_of_rules.leads, 0) < 0.005 * leads_of_scorecards.leads, false
        ) as is_dead
    from {{ ref('int_lead_scoring__scorecard_rules') }} as rules
    left join leads_of_scorecards on rules.scorecard = leads_of_scorecards.scorecard
    left join leads_of_rules
        on
            rules.scorecard = leads_of_rules.scorecard
            and rules.rule_key = leads_of_rules.rule_key
    left join rules_refused on rules.rule_key = rules_refused.rule_key
    where {{ lead_scoring.gives_points('rules.kind') }}
)

select * from final
