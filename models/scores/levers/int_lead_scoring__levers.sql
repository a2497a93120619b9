-- What an action can bring about: an event of a type, or an attribute that becomes known with the
-- value that a fit rule asks for (contract, section 4: levers; decision 23). Only what can be said
-- exactly: an attribute that an audience or an attribute made of it looks at would change more than
-- the rules that name it.
{%- set text_type = lead_scoring.type_name('text') %}
{%- set naming = ['equals', 'in', 'in_list', 'contains', 'starts_with', 'ends_with', 'has_word'] %}
{%- set comparing = ['equals', 'in', 'in_list', 'gte', 'lte', 'between'] %}

with rules as (
    select * from {{ ref('int_lead_scoring__rules') }}
    where points is not null
),

event_types as (
    select
        {{ lead_scoring.normalised('event_type') }} as event_type,
        {{ lead_scoring.trimmed('description') }} as description,
        coalesce(is_activity, false) as is_activity
    from {{ ref('lead_scoring__event_types') }}
    where can_be_prompted
),

rule_conditions as (
    select * from {{ ref('int_lead_scoring__rule_conditions') }}
),

-- an event of its own has an id and a time, and a condition on these may hold of it
rules_of_the_event_itself as (
    select distinct rule_key from rule_conditions
    where
        subject = 'event'
        and attribute in ('event_id', 'lead_id', 'event_type', 'occurred_at', 'loaded_at')
),

engagement_rules as (
    select
        rules.event_type,
        max(case when itself.rule_key is null then 0 else 1 end) as looks_at_the_event_itself
    from rules
    left join rules_of_the_event_itself as itself on rules.rule_key = itself.rule_key
    where rules.kind = 'engagement'
    group by rules.event_type
),

types_of_rules as (
    {{ lead_scoring.split_rows('engagement_rules', 'event_type', '|', 'part') }}
),

named_types as (
    select
        {{ lead_scoring.trimmed('part') }} as event_type,
        max(looks_at_the_event_itself) as looks_at_the_event_itself
    from types_of_rules
    group by {{ lead_scoring.trimmed('part') }}
),

event_levers as (
    select
        event_types.event_type,
        event_types.is_activity,
        coalesce(nullif(event_types.description, ''), event_types.event_type) as description
    from event_types
    inner join named_types
        on
            event_types.event_type = named_types.event_type
            and named_types.looks_at_the_event_itself = 0
),

sources as (
    {%- for derived, columns in lead_scoring.sources_of_derived_attributes().items() %}
    {%- set is_last = loop.last %}
    {%- for column in columns %}
    select
        '{{ column }}' as attribute,
        '{{ derived }}' as derived
    {{ 'union all' if not (is_last and loop.last) }}
    {%- endfor %}
    {%- endfor %}
),

attributes_beyond_reach as (
    select attribute from rule_conditions
    where audience_of is not null
    union distinct
    select derived as attribute from sources
    union distinct
    select sources.attribute
    from sources
    inner join rule_conditions
        on sources.derived = rule_conditions.attribute and rule_conditions.subject = 'lead'
    where rule_conditions.rule_key is not null or rule_conditions.audience_of is not null
),

attributes as (
    select {{ lead_scoring.normalised('attribute') }} as attribute
    from {{ ref('lead_scoring__attributes') }}
    where {{ lead_scoring.normalised(lead_scoring.rule_column('of')) }} = 'lead' and can_be_prompted
),

-- of a rule with further conditions one cannot say that the attribute alone makes it apply
conditions_of_rules as (
    select
        rules.rule_key,
        rules.rule_id,
        min(rule_conditions.condition_key) as condition_key
    from rules
    inner join rule_conditions on rules.rule_key = rule_conditions.rule_key
    where rules.kind = 'fit' and rules.points > 0
    group by rules.rule_key, rules.rule_id
    having count(*) = 1
),

asked_values as (
    select
        conditions_of_rules.rule_key,
        conditions_of_rules.rule_id,
        conditions_of_rules.condition_key,
        conditions.attribute,
        case
            when conditions.type in ('text', 'list', 'flag') then min(conditions.operand)
        end as asked_text,
        case
            when conditions.type in ('number', 'whole')
                then min(
                    case conditions.operator
                        when 'lte' then conditions.high else conditions.low
                    end
                )
        end as asked_number
    from conditions_of_rules
    inner join {{ ref('int_lead_scoring__conditions') }} as conditions
        on conditions_of_rules.condition_key = conditions.condition_key
    inner join attributes on conditions.attribute = attributes.attribute
    left join attributes_beyond_reach as beyond_reach
        on conditions.attribute = beyond_reach.attribute
    where
        beyond_reach.attribute is null
        and conditions.subject = 'lead'
        and (
            (
                conditions.type in ('text', 'list', 'flag')
                and conditions.operator in ('{{ naming | join("', '") }}')
            )
            or (
                conditions.type in ('number', 'whole')
                and conditions.operator in ('{{ comparing | join("', '") }}')
            )
        )
    group by
        conditions_of_rules.rule_key,
        conditions_of_rules.rule_id,
        conditions_of_rules.condition_key,
        conditions.attribute,
        conditions.type
),

every_lever as (
    select
        'event' as kind,
        event_type as lever,
        cast(null as bigint) as rule_key,
        cast(null as bigint) as condition_key,
        event_type,
        cast(null as {{ text_type }}) as attribute,
        cast(null as {{ text_type }}) as value,
        'one ' || lower(substr(description, 1, 1)) || substr(description, 2) as words,
        is_activity
    from event_levers
    union all
    select
        'attribute' as kind,
        asked_values.rule_id as lever,
        asked_values.rule_key,
        asked_values.condition_key,
        null as event_type,
        asked_values.attribute,
        coalesce(
            asked_values.asked_text,
            {{ lead_scoring.decimal_text('asked_values.asked_number') }}
        ) as value,
        reason_texts.words,
        false as is_activity
    from asked_values
    inner join {{ ref('int_lead_scoring__reason_texts') }} as reason_texts
        on asked_values.rule_key = reason_texts.rule_key
),

final as (
    select
        -- ids
        row_number() over (order by kind, lever, rule_key) as lever_key,
        rule_key,
        condition_key,
        lever,
        -- strings
        kind,
        event_type,
        attribute,
        value,
        words,
        -- flags
        is_activity
    from every_lever
    where event_type is not null or value is not null
)

select * from final
