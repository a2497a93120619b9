-- How much is known of what the fit rules of a scorecard look at: the share of the attributes that
-- they name that is not missing (contract, section 5: lead_scores; 0001, number 24).
with scorecard_rules as (
    select * from {{ ref('int_lead_scoring__scorecard_rules') }}
    where kind = 'fit'
),

lead_conditions as (
    select * from {{ ref('int_lead_scoring__rule_conditions') }}
    where subject = 'lead'
),

attributes_named as (
    select distinct
        scorecard_rules.scorecard,
        lead_conditions.attribute
    from scorecard_rules
    inner join lead_conditions on scorecard_rules.rule_key = lead_conditions.rule_key
),

names_of_scorecards as (
    select
        scorecard,
        count(*) as attributes,
        {{ lead_scoring.ordered_texts('attribute', "';'", 'attribute') }} as names
    from attributes_named
    group by scorecard
),

-- scorecards that name the same attributes share what is counted
attribute_sets as (
    select
        scorecard,
        attributes,
        dense_rank() over (order by names) as attribute_set
    from names_of_scorecards
),

conditions_of_absence as (
    select distinct
        attribute_sets.attribute_set,
        lead_conditions.condition_key
    from attributes_named
    inner join attribute_sets on attributes_named.scorecard = attribute_sets.scorecard
    inner join lead_conditions on attributes_named.attribute = lead_conditions.attribute
    where lead_conditions.operator = 'is_empty'
),

missing_attributes as (
    select
        held.moment_key,
        conditions_of_absence.attribute_set,
        count(*) as attributes
    from {{ ref('int_lead_scoring__lead_conditions') }} as held
    inner join conditions_of_absence
        on held.condition_key = conditions_of_absence.condition_key
    group by held.moment_key, conditions_of_absence.attribute_set
),

final as (
    select
        -- ids
        scorings.moment_key,
        scorings.scorecard,
        -- numerics
        cast(
            {{ lead_scoring.divided_half_up(
                '(attribute_sets.attributes - coalesce(missing_attributes.attributes, 0)) * 10000',
                'attribute_sets.attributes'
            ) }} * 0.0001 as decimal(5, 4)
        ) as fit_coverage
    from {{ ref('int_lead_scoring__moment_scorecards') }} as scorings
    left join attribute_sets on scorings.scorecard = attribute_sets.scorecard
    left join missing_attributes
        on
            scorings.moment_key = missing_attributes.moment_key
            and attribute_sets.attribute_set = missing_attributes.attribute_set
)

select * from final
