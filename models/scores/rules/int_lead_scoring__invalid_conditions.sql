{#- dbt splits by one character alone on Spark: chr(1), which no cell of a rule table holds -#}
{%- set ends = "replace(value, '..', chr(1))" -%}
{%- set low = lead_scoring.trimmed(dbt.split_part(ends, 'chr(1)', 1)) -%}
{%- set high = lead_scoring.trimmed(dbt.split_part(ends, 'chr(1)', 2)) -%}

-- Conditions that cannot hold: no such attribute, an operator that does not go with its type, a
-- value that cannot be read (contract, section 3: operators, what a table may hold).
with rules as (
    select * from {{ ref('int_lead_scoring__rules') }}
),

attributes as (
    select
        {{ lead_scoring.normalised('attribute') }} as attribute,
        {{ lead_scoring.normalised(lead_scoring.rule_column('of')) }} as subject,
        {{ lead_scoring.normalised('type') }} as type
    from {{ ref('lead_scoring__attributes') }}
),

lists as (
    select distinct {{ lead_scoring.normalised('list') }} as list
    from {{ ref('lead_scoring__lists') }}
),

-- equal bins share a condition
bins as (
    select
        attribute,
        operator,
        value,
        min(prediction || ', ' || feature) as row_key
    from {{ ref('int_lead_scoring__prediction_bins') }}
    where measure = 'attribute' and operator is not null
    group by attribute, operator, value
),

conditions as (
    select
        rule_conditions.*,
        case
            when bins.row_key is not null then 'prediction_bins'
            when rule_conditions.audience_of is not null then 'audiences'
            when rules.kind = 'buying_role' then 'buying_roles'
            when
                rules.attribute = rule_conditions.attribute
                and rules.operator = rule_conditions.operator
                then rules.kind || '_rules'
            else 'rule_conditions'
        end as seed,
        coalesce(
            bins.row_key,
            rule_conditions.audience_of,
            rules.rule_id || ', ' || rules.scorecard
        ) as row_key,
        rules.kind,
        case when rule_conditions.subject = 'history' then 'count' else attributes.type end as type,
        lists.list
    from {{ ref('int_lead_scoring__rule_conditions') }} as rule_conditions
    left join rules on rule_conditions.rule_key = rules.rule_key
    left join attributes
        on
            rule_conditions.subject = attributes.subject
            and rule_conditions.attribute = attributes.attribute
    left join lists on lower(rule_conditions.value) = lists.list
    left join bins
        on
            rule_conditions.is_of_prediction
            and rule_conditions.attribute = bins.attribute
            and rule_conditions.operator = bins.operator
            and rule_conditions.value = bins.value
    where
        rule_conditions.rule_key is not null
        or rule_conditions.audience_of is not null
        or bins.row_key is not null
),

-- both ends of a range; where there is none, the low end is the value
ends_as_numbers as (
    select
        *,
        {{ lead_scoring.number_of(low) }} as low_number,
        case when operator = 'between' then {{ lead_scoring.number_of(high) }} end as high_number
    from conditions
),

checked as (
    select
        *,
        -- which operator goes with which type (0001, number 5); a blank or unknown one with none
        coalesce(case
            when type = 'count' then operator in ('equals', 'gte', 'lte')
            when operator in ('is_empty', 'is_not_empty', 'equals', 'not_equals') then true
            when operator in ('in', 'not_in') then type <> 'flag'
            when operator in ('in_list', 'not_in_list')
                then type in ('text', 'list', 'number', 'whole')
            when operator in ('contains', 'starts_with', 'ends_with', 'has_word')
                then type in ('text', 'list')
            when operator in ('gte', 'lte', 'between') then type in ('number', 'whole', 'date')
            when operator in ('within_last_days', 'within_next_days') then type = 'date'
        end, false) as operator_fits,
        -- the parts of "in" are not read here: one that is not of the type equals nothing
        coalesce(case
            when operator in ('in', 'not_in', 'in_list', 'not_in_list') then true
            when type = 'count' or operator in ('within_last_days', 'within_next_days')
                then {{ lead_scoring.matches_pattern('value', '^[0-9]{1,9}$') }}
            when
                type = 'whole' and (
                    low_number < 0
                    or low_number <> round(low_number, 0)
                    or high_number <> round(high_number, 0)
                )
                then false
            when operator = 'between' and type in ('number', 'whole')
                then low_number <= high_number
            when operator = 'between' and type = 'date'
                then {{ lead_scoring.day_of(low) }} <= {{ lead_scoring.day_of(high) }}
            when operator = 'has_word' then length({{ lead_scoring.words_of('value') }}) > 2
            else {{ lead_scoring.comparable('type', 'value') }} is not null
        end, false) as has_readable_value,
        coalesce(
            subject = 'lead' and attribute = 'likelihood' and coalesce(kind, '') <> 'routing', false
        ) as is_in_circles
    from ends_as_numbers
),

final as (
    select distinct
        seed,
        row_key,
        case
            when type is null or is_in_circles then 'attribute'
            when not operator_fits then 'operator'
            else 'value'
        end as column_name,
        case
            when type is null or is_in_circles then attribute
            when not operator_fits then operator
            else value
        end as value,
        case
            when type is null
                then
                    'is not in attributes for ' || coalesce(subject, 'a blank of')
                    || ': add it there or correct the name'
            when is_in_circles
                then 'is told by what these rows are read for: only routing_rules may look at it'
            when not operator_fits then 'does not fit an attribute of type ' || type
            when subject = 'event' and kind <> 'engagement'
                then 'only engagement rules look at events'
            when operator in ('in_list', 'not_in_list') then 'is not a list in lists'
            when value = '' then 'is blank: give a value'
            when type = 'whole' then 'is no whole number of at least 0'
            else 'cannot be read as ' || type
        end as problem
    from checked
    where
        type is null
        or is_in_circles
        or not operator_fits
        or (subject = 'event' and kind <> 'engagement')
        or (operator in ('in_list', 'not_in_list') and list is null)
        or (operator not in ('is_empty', 'is_not_empty') and (value = '' or not has_readable_value))
)

select * from final
