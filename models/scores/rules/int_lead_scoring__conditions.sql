{#- dbt splits by one character alone on Spark: chr(1), which no cell of a rule table holds -#}
{%- set ends = "replace(alternatives.alternative, '..', chr(1))" -%}
{%- set low = lead_scoring.trimmed(dbt.split_part(ends, 'chr(1)', 1)) -%}
{%- set high = lead_scoring.trimmed(dbt.split_part(ends, 'chr(1)', 2)) -%}

-- What each condition compares with: one row for each of several values or list entries, read as
-- the type of the attribute (contract, section 3: operators).
with attributes as (
    select
        {{ lead_scoring.normalised('attribute') }} as attribute,
        {{ lead_scoring.normalised(lead_scoring.rule_column('of')) }} as subject,
        {{ lead_scoring.normalised('type') }} as type
    from {{ ref('lead_scoring__attributes') }}
),

conditions as (
    select distinct
        rule_conditions.condition_key,
        rule_conditions.subject,
        rule_conditions.attribute,
        attributes.type,
        rule_conditions.operator,
        rule_conditions.value
    from {{ ref('int_lead_scoring__rule_conditions') }} as rule_conditions
    inner join attributes
        on
            rule_conditions.subject = attributes.subject
            and rule_conditions.attribute = attributes.attribute
),

several_values as (
    select *
    from conditions
    where operator in ('in', 'not_in')
),

parts as (
    {{ lead_scoring.split_rows('several_values', 'value', '|', 'part') }}
),

list_entries as (
    select distinct
        {{ lead_scoring.normalised('list') }} as list,
        {{ lead_scoring.trimmed('entry') }} as entry
    from {{ ref('lead_scoring__lists') }}
),

alternatives as (
    select
        condition_key,
        {{ lead_scoring.trimmed('part') }} as alternative
    from parts
    union all
    select
        conditions.condition_key,
        list_entries.entry as alternative
    from conditions
    inner join list_entries on lower(conditions.value) = list_entries.list
    where conditions.operator in ('in_list', 'not_in_list')
    union all
    select
        condition_key,
        value as alternative
    from conditions
    where operator not in ('in', 'not_in', 'in_list', 'not_in_list')
),

final as (
    select distinct
        -- ids
        conditions.condition_key,
        -- strings
        conditions.subject,
        conditions.attribute,
        conditions.type,
        conditions.operator,
        {{ lead_scoring.comparable('conditions.type', 'alternatives.alternative') }} as operand,
        {{ lead_scoring.words_of('alternatives.alternative') }} as operand_words,
        -- numerics
        case
            when conditions.operator = 'between' then {{ lead_scoring.number_of(low) }}
            else {{ lead_scoring.number_of('alternatives.alternative') }}
        end as low,
        case
            when conditions.operator = 'between' then {{ lead_scoring.number_of(high) }}
            else {{ lead_scoring.number_of('alternatives.alternative') }}
        end as high,
        -- times
        case
            when conditions.operator = 'between' then {{ lead_scoring.day_of(low) }}
            else {{ lead_scoring.day_of('alternatives.alternative') }}
        end as first_day,
        case
            when conditions.operator = 'between' then {{ lead_scoring.day_of(high) }}
            else {{ lead_scoring.day_of('alternatives.alternative') }}
        end as last_day
    from conditions
    left join alternatives on conditions.condition_key = alternatives.condition_key
)

select * from final
