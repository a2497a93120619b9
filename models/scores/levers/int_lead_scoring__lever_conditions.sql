-- Which conditions each lever can change: those on how often there was such an event, and those on
-- the attribute, of which one knows what comes out (contract, section 4: levers).
with levers as (
    select * from {{ ref('int_lead_scoring__levers') }}
),

rule_conditions as (
    select distinct
        condition_key,
        subject,
        event_type,
        attribute,
        operator
    from {{ ref('int_lead_scoring__rule_conditions') }}
    where rule_key is not null
),

history_conditions as (
    select
        condition_key,
        event_type
    from rule_conditions
    where subject = 'history'
),

types_of_conditions as (
    {{ lead_scoring.split_rows('history_conditions', 'event_type', '|', 'named_event_type') }}
),

asked_values as (
    select distinct
        'lead' as subject,
        attribute,
        value
    from levers
    where kind = 'attribute'
),

satisfied_conditions as (
    {{ lead_scoring.satisfied_conditions('asked_values') }}
),

-- a value is asked for, so is_empty does not hold then
conditions_of_values as (
    select
        levers.lever_key,
        levers.condition_key as asked_condition,
        rule_conditions.condition_key,
        coalesce(
            satisfied.condition_key is not null and rule_conditions.operator <> 'is_empty', false
        ) as holds
    from levers
    inner join rule_conditions
        on rule_conditions.subject = 'lead' and levers.attribute = rule_conditions.attribute
    left join satisfied_conditions as satisfied
        on
            rule_conditions.condition_key = satisfied.condition_key
            and levers.value = satisfied.value
),

-- a value that does not make its own rule apply is none that the rule asks for
levers_that_work as (
    select lever_key from conditions_of_values
    where condition_key = asked_condition and holds
),

final as (
    select distinct
        levers.lever_key,
        conditions.condition_key,
        cast(null as boolean) as holds
    from levers
    inner join types_of_conditions as conditions
        on levers.event_type = {{ lead_scoring.trimmed('conditions.named_event_type') }}
    union all
    select
        conditions_of_values.lever_key,
        conditions_of_values.condition_key,
        conditions_of_values.holds
    from conditions_of_values
    inner join levers_that_work
        on conditions_of_values.lever_key = levers_that_work.lever_key
)

select * from final
