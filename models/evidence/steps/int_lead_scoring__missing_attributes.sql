with scored_outcomes as (
    select * from {{ ref('int_lead_scoring__scored_outcomes') }}
),

lead_conditions as (
    select * from {{ ref('int_lead_scoring__rule_conditions') }}
    where subject = 'lead'
),

attributes_of_rules as (
    select distinct
        scorecard_rules.scorecard,
        scorecard_rules.rule_id,
        lead_conditions.attribute
    from {{ ref('int_lead_scoring__scorecard_rules') }} as scorecard_rules
    inner join lead_conditions on scorecard_rules.rule_key = lead_conditions.rule_key
    where {{ lead_scoring.gives_points('scorecard_rules.kind') }}
),

missing_counts as (
    select
        scored_outcomes.scorecard,
        attributes_of_rules.rule_id,
        scored_outcomes.month,
        count(distinct scored_outcomes.lead_id) as leads
    from scored_outcomes
    inner join {{ ref('int_lead_scoring__lead_conditions') }} as held
        on scored_outcomes.moment_key = held.moment_key
    inner join lead_conditions as absences
        on held.condition_key = absences.condition_key and absences.operator = 'is_empty'
    inner join attributes_of_rules
        on
            scored_outcomes.scorecard = attributes_of_rules.scorecard
            and absences.attribute = attributes_of_rules.attribute
    group by scored_outcomes.scorecard, attributes_of_rules.rule_id, scored_outcomes.month
),

months as (
    select
        scorecard,
        month,
        count(*) as leads
    from scored_outcomes
    group by scorecard, month
),

rules_that_look as (
    select distinct
        scorecard,
        rule_id
    from attributes_of_rules
),

final as (
    select
        months.scorecard,
        rules_that_look.rule_id,
        months.month,
        {{ lead_scoring.ratio('coalesce(missing_counts.leads, 0)', 'months.leads') }}
            as missing_rate
    from months
    inner join rules_that_look on months.scorecard = rules_that_look.scorecard
    left join missing_counts
        on
            months.scorecard = missing_counts.scorecard
            and months.month = missing_counts.month
            and rules_that_look.rule_id = missing_counts.rule_id
    union all
    select
        scored_outcomes.scorecard,
        '*' as rule_id,
        scored_outcomes.month,
        {{ lead_scoring.ratio('sum(1 - coverage.fit_coverage)', 'count(coverage.fit_coverage)') }}
            as missing_rate
    from scored_outcomes
    inner join {{ ref('int_lead_scoring__fit_coverage') }} as coverage
        on
            scored_outcomes.moment_key = coverage.moment_key
            and scored_outcomes.scored_by = coverage.scorecard
    group by scored_outcomes.scorecard, scored_outcomes.month
)

select * from final
