with rules as (
    select * from {{ ref('int_lead_scoring__rules') }}
),

attributes as (
    select
        {{ lead_scoring.normalised('attribute') }} as attribute,
        {{ lead_scoring.normalised('of') }} as of,
        {{ lead_scoring.trimmed('description') }} as description
    from {{ ref('lead_scoring__attributes') }}
),

event_types as (
    select
        {{ lead_scoring.normalised('event_type') }} as event_type,
        {{ lead_scoring.trimmed('description') }} as description
    from {{ ref('lead_scoring__event_types') }}
),

condition_words as (
    select
        conditions.rule_key,
        conditions.condition_key,
        case
            when conditions.of = 'history'
                then
                    coalesce(event_types.description, conditions.event_type)
                    || ' ' || {{ lead_scoring.operator_words() }} || ' times'
                    || coalesce(
                        ' in the last ' || cast(conditions.within_days as varchar) || ' days', ''
                    )
            else
                coalesce(attributes.description, conditions.attribute)
                || ' ' || {{ lead_scoring.operator_words() }}
        end as words
    from {{ ref('int_lead_scoring__rule_conditions') }} as conditions
    left join attributes
        on conditions.of = attributes.of and conditions.attribute = attributes.attribute
    left join event_types on conditions.event_type = event_types.event_type
    where conditions.rule_key is not null
),

words_of_conditions as (
    select
        rule_key,
        {{ dbt.listagg('words', "', '", 'order by condition_key') }} as words
    from condition_words
    group by rule_key
),

final as (
    select
        rules.rule_key,
        case rules.kind
            when 'fit' then coalesce(words_of_conditions.words, rules.rule_id)
            when 'engagement'
                then
                    coalesce(event_types.description, rules.event_type)
                    || coalesce(': ' || words_of_conditions.words, '')
            else
                'No activity for ' || cast(rules.after_days as varchar) || ' days'
                || coalesce(': ' || words_of_conditions.words, '')
        end as words
    from rules
    left join words_of_conditions on rules.rule_key = words_of_conditions.rule_key
    left join event_types on rules.event_type = event_types.event_type
)

select * from final
