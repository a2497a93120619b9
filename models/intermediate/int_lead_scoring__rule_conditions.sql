with rules as (
    select * from {{ ref('int_lead_scoring__rules') }}
),

own_conditions as (
    select
        rule_key,
        null as audience_of,
        case when kind = 'fit' then 'lead' else 'event' end as of,
        null as event_type,
        null as within_days,
        attribute,
        operator,
        value
    from rules
    where attribute is not null
),

further_conditions as (
    select
        rules.rule_key,
        null as audience_of,
        {{ lead_scoring.normalised('conditions.of') }} as of,
        {{ lead_scoring.normalised('conditions.event_type') }} as event_type,
        cast(conditions.within_days as integer) as within_days,
        {{ lead_scoring.normalised('conditions.attribute') }} as attribute,
        {{ lead_scoring.normalised('conditions.operator') }} as operator,
        {{ lead_scoring.trimmed('conditions.value') }} as value
    from {{ ref('lead_scoring__rule_conditions') }} as conditions
    inner join rules
        on
            {{ lead_scoring.normalised('conditions.rule_id') }} = rules.rule_id
            and {{ lead_scoring.normalised('conditions.scorecard') }} = rules.scorecard
),

audience_conditions as (
    select
        null as rule_key,
        {{ lead_scoring.normalised('scorecard') }} as audience_of,
        'lead' as of,
        null as event_type,
        null as within_days,
        {{ lead_scoring.normalised('attribute') }} as attribute,
        {{ lead_scoring.normalised('operator') }} as operator,
        {{ lead_scoring.trimmed('value') }} as value
    from {{ ref('lead_scoring__audiences') }}
),

conditions_of_rules as (
    select * from own_conditions
    union all
    select * from further_conditions
),

-- belong to no rule: they let fit coverage count the attributes that are missing, which are fewer
-- than those that are known
conditions_for_coverage as (
    select
        null as rule_key,
        null as audience_of,
        'lead' as of,
        null as event_type,
        null as within_days,
        attribute,
        'is_empty' as operator,
        null as value
    from conditions_of_rules
    where of = 'lead'
),

all_conditions as (
    select * from conditions_of_rules
    union all
    select * from conditions_for_coverage
    union all
    select * from audience_conditions
),

final as (
    select distinct
        -- ids
        dense_rank() over (
            order by of, event_type, within_days, attribute, operator, coalesce(value, '')
        ) as condition_key,
        rule_key,
        audience_of,
        -- strings
        of,
        event_type,
        attribute,
        operator,
        coalesce(value, '') as value,
        -- numerics
        within_days
    from all_conditions
)

select * from final
