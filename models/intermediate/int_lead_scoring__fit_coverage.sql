{{ config(materialized='kept', meta={'scope': 'scores', 'replaces': 'moments'}) }}

with scorecard_rules as (
    select * from {{ ref('int_lead_scoring__scorecard_rules') }}
    where kind = 'fit'
),

lead_conditions as (
    select * from {{ ref('int_lead_scoring__rule_conditions') }}
    where of = 'lead'
),

attributes_named as (
    select distinct
        scorecard_rules.scorecard,
        lead_conditions.attribute
    from scorecard_rules
    inner join lead_conditions on scorecard_rules.rule_key = lead_conditions.rule_key
),

conditions_of_absence as (
    select distinct
        attributes_named.scorecard,
        lead_conditions.condition_key
    from attributes_named
    inner join lead_conditions on attributes_named.attribute = lead_conditions.attribute
    where lead_conditions.operator = 'is_empty'
),

attributes_per_scorecard as (
    select
        scorecard,
        count(*) as attributes
    from attributes_named
    group by scorecard
),

missing_attributes as (
    select
        conditions_that_hold.moment_key,
        conditions_of_absence.scorecard,
        count(*) as attributes
    from {{ lead_scoring.rows_to_score(ref('int_lead_scoring__lead_conditions')) }} as conditions_that_hold
    inner join conditions_of_absence
        on conditions_that_hold.condition_key = conditions_of_absence.condition_key
    group by conditions_that_hold.moment_key, conditions_of_absence.scorecard
),

final as (
    select
        -- ids
        moment_scorecards.moment_key,
        moment_scorecards.scorecard,
        -- numerics
        cast(
            {{ lead_scoring.divided_half_up(
                '(attributes_per_scorecard.attributes'
                ~ ' - coalesce(missing_attributes.attributes, 0)) * 10000',
                'attributes_per_scorecard.attributes'
            ) }} * 0.0001 as decimal(5, 4)
        ) as fit_coverage
    from {{ lead_scoring.rows_to_score(ref('int_lead_scoring__moment_scorecards')) }} as moment_scorecards
    left join attributes_per_scorecard
        on moment_scorecards.scorecard = attributes_per_scorecard.scorecard
    left join missing_attributes
        on
            moment_scorecards.moment_key = missing_attributes.moment_key
            and moment_scorecards.scorecard = missing_attributes.scorecard
)

select * from final
