-- Each rule, and the limit of each signal, in words. They quote rules, never input values
-- (contract, section 4: reasons add up).
with rules as (
    select * from {{ ref('int_lead_scoring__rules') }}
    where {{ lead_scoring.gives_points('kind') }}
),

attributes as (
    select
        {{ lead_scoring.normalised('attribute') }} as attribute,
        {{ lead_scoring.normalised(lead_scoring.rule_column('of')) }} as subject,
        {{ lead_scoring.trimmed('description') }} as description
    from {{ ref('lead_scoring__attributes') }}
),

event_types as (
    select
        {{ lead_scoring.normalised('event_type') }} as event_type,
        {{ lead_scoring.trimmed('description') }} as description
    from {{ ref('lead_scoring__event_types') }}
),

texts_of_event_types as (
    select event_type from rules
    where event_type is not null
    union distinct
    select event_type from {{ ref('int_lead_scoring__rule_conditions') }}
    where event_type is not null
),

parts_of_event_types as (
    {{ lead_scoring.split_rows('texts_of_event_types', 'event_type', '|', 'part') }}
),

named_event_types as (
    select distinct
        parts.event_type,
        {{ lead_scoring.trimmed('parts.part') }} as named_event_type,
        coalesce(event_types.description, {{ lead_scoring.trimmed('parts.part') }}) as words
    from parts_of_event_types as parts
    left join event_types on {{ lead_scoring.trimmed('parts.part') }} = event_types.event_type
    where {{ lead_scoring.trimmed('parts.part') }} <> ''
),

words_of_event_types as (
    select
        event_type,
        {{ lead_scoring.ordered_texts('words', "' or '", 'named_event_type') }} as words
    from named_event_types
    group by event_type
),

operators_in_words as (
    select
        *,
        case
            when subject = 'history' and operator = 'equals' then 'exactly ' || value
            else {{ lead_scoring.operator_in_words('operator', 'value') }}
        end as operator_words
    from {{ ref('int_lead_scoring__rule_conditions') }}
    where rule_key is not null
),

condition_words as (
    select
        conditions.rule_key,
        conditions.condition_key,
        case
            when conditions.subject = 'history'
                then
                    coalesce(event_types.words, conditions.event_type)
                    || ' ' || conditions.operator_words || ' times'
                    || coalesce(
                        ' in the last '
                        || cast(conditions.within_days as {{ lead_scoring.type_name('text') }})
                        || ' days',
                        ''
                    )
            else
                coalesce(attributes.description, conditions.attribute)
                || ' ' || conditions.operator_words
        end as words
    from operators_in_words as conditions
    left join attributes
        on conditions.subject = attributes.subject and conditions.attribute = attributes.attribute
    left join words_of_event_types as event_types
        on conditions.event_type = event_types.event_type
),

words_of_conditions as (
    select
        rule_key,
        {{ lead_scoring.ordered_texts('words', "', '", 'condition_key') }} as words
    from condition_words
    group by rule_key
),

final as (
    select
        rules.rule_key,
        cast(null as {{ lead_scoring.type_name('text') }}) as limited_signal,
        rules.rule_id as reason_id,
        case rules.kind
            when 'fit' then coalesce(words_of_conditions.words, rules.rule_id)
            when 'engagement'
                then
                    coalesce(event_types.words, rules.event_type)
                    || coalesce(': ' || words_of_conditions.words, '')
            else
                'No activity for '
                || cast(rules.after_days as {{ lead_scoring.type_name('text') }}) || ' days'
                || coalesce(': ' || words_of_conditions.words, '')
        end as words
    from rules
    left join words_of_conditions on rules.rule_key = words_of_conditions.rule_key
    left join words_of_event_types as event_types on rules.event_type = event_types.event_type
    union all
    select
        null as rule_key,
        {{ lead_scoring.normalised('signal') }} as limited_signal,
        {{ lead_scoring.normalised('signal') }} || ':limit' as reason_id,
        'Limit of ' || coalesce(
            {{ lead_scoring.trimmed('description') }}, {{ lead_scoring.normalised('signal') }}
        ) as words
    from {{ ref('lead_scoring__signals') }}
)

select * from final
