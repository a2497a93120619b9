with rules as (
    select * from {{ ref('int_lead_scoring__rules') }}
),

attributes as (
    select
        {{ lead_scoring.normalised('attribute') }} as attribute,
        {{ lead_scoring.normalised('of') }} as of,
        {{ lead_scoring.normalised('type') }} as type
    from {{ ref('lead_scoring__attributes') }}
),

lists as (
    select distinct {{ lead_scoring.normalised('list') }} as list
    from {{ ref('lead_scoring__lists') }}
),

conditions as (
    select
        rule_conditions.*,
        case
            when rule_conditions.audience_of is not null then 'audiences'
            when
                rules.attribute = rule_conditions.attribute
                and rules.operator = rule_conditions.operator
                then rules.kind || '_rules'
            else 'rule_conditions'
        end as seed,
        coalesce(rule_conditions.audience_of, rules.rule_id || ', ' || rules.scorecard) as row_key,
        rules.kind,
        case when rule_conditions.of = 'history' then 'count' else attributes.type end as type,
        lists.list,
        {{ lead_scoring.operands_can_be_read() }} as has_readable_value
    from {{ ref('int_lead_scoring__rule_conditions') }} as rule_conditions
    left join rules on rule_conditions.rule_key = rules.rule_key
    left join attributes
        on rule_conditions.of = attributes.of and rule_conditions.attribute = attributes.attribute
    left join lists on lower(rule_conditions.value) = lists.list
    where rule_conditions.rule_key is not null or rule_conditions.audience_of is not null
),

final as (
    select distinct
        seed,
        row_key,
        case
            when type is null then 'attribute'
            when not {{ lead_scoring.operator_fits_type() }} then 'operator'
            else 'value'
        end as column_name,
        case
            when type is null then attribute
            when not {{ lead_scoring.operator_fits_type() }} then operator
            else value
        end as value,
        case
            when type is null
                then 'is not in attributes for ' || of || ': add it there or correct the name'
            when not {{ lead_scoring.operator_fits_type() }}
                then 'does not fit an attribute of type ' || type
            when of = 'event' and kind <> 'engagement' then 'only engagement rules look at events'
            when operator in ('in_list', 'not_in_list') then 'is not a list in lists'
            when value = '' then 'is blank: give a value'
            else 'cannot be read as ' || type
        end as problem
    from conditions
    where
        type is null
        or not {{ lead_scoring.operator_fits_type() }}
        or (of = 'event' and kind <> 'engagement')
        or (operator in ('in_list', 'not_in_list') and list is null)
        or (operator not in ('is_empty', 'is_not_empty') and (value = '' or not has_readable_value))
)

select * from final
