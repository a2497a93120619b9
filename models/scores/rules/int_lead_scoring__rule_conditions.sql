-- Every condition of every rule, audience, hand-off, buying role and bin of a prediction; equal
-- conditions share a key (contract, section 3: further conditions; decision 4).
with conditions_of_rules as (
    select
        rule_key,
        case when kind = 'engagement' then 'event' else 'lead' end as subject,
        cast(null as {{ lead_scoring.type_name('text') }}) as event_type,
        cast(null as integer) as within_days,
        attribute,
        operator,
        value
    from {{ ref('int_lead_scoring__rules') }}
    where attribute is not null
    union all
    select
        rules.rule_key,
        {{ lead_scoring.normalised(lead_scoring.rule_column('conditions.of')) }} as subject,
        {{ lead_scoring.normalised('conditions.event_type') }} as event_type,
        cast(conditions.within_days as integer) as within_days,
        {{ lead_scoring.normalised('conditions.attribute') }} as attribute,
        {{ lead_scoring.normalised('conditions.operator') }} as operator,
        {{ lead_scoring.trimmed('conditions.value') }} as value
    from {{ ref('lead_scoring__rule_conditions') }} as conditions
    inner join {{ ref('int_lead_scoring__rules') }} as rules
        on
            {{ lead_scoring.normalised('conditions.rule_id') }} = rules.rule_id
            and {{ lead_scoring.normalised('conditions.scorecard') }} = rules.scorecard
    where {{ lead_scoring.gives_points('rules.kind') }}
    union all
    select
        rules.rule_key,
        'lead' as subject,
        null as event_type,
        null as within_days,
        {{ lead_scoring.normalised('roles.attribute') }} as attribute,
        {{ lead_scoring.normalised('roles.operator') }} as operator,
        {{ lead_scoring.trimmed('roles.value') }} as value
    from {{ ref('lead_scoring__buying_roles') }} as roles
    inner join {{ ref('int_lead_scoring__rules') }} as rules
        on
            rules.kind = 'buying_role'
            and {{ lead_scoring.normalised('roles.role') }} = rules.rule_id
            and {{ lead_scoring.normalised('roles.scorecard') }} = rules.scorecard
    where {{ lead_scoring.normalised('roles.attribute') }} is not null
),

bins_of_attributes as (
    select
        attribute,
        operator,
        value
    from {{ ref('int_lead_scoring__prediction_bins') }}
    where measure = 'attribute'
),

-- asked by no rule; those of absence let fit coverage count the attributes that are missing, which
-- are fewer than those that are known, and have what predictions look at read before they have bins
conditions_of_others as (
    select
        cast(null as {{ lead_scoring.type_name('text') }}) as audience_of,
        false as is_of_prediction,
        attribute,
        'is_empty' as operator,
        cast(null as {{ lead_scoring.type_name('text') }}) as value
    from conditions_of_rules
    where subject = 'lead'
    union all
    select
        {{ lead_scoring.normalised('scorecard') }} as audience_of,
        false as is_of_prediction,
        {{ lead_scoring.normalised('attribute') }} as attribute,
        {{ lead_scoring.normalised('operator') }} as operator,
        {{ lead_scoring.trimmed('value') }} as value
    from {{ ref('lead_scoring__audiences') }}
    union all
    select
        null as audience_of,
        true as is_of_prediction,
        attribute,
        'is_empty' as operator,
        null as value
    from bins_of_attributes
    union all
    select
        null as audience_of,
        true as is_of_prediction,
        attribute,
        operator,
        value
    from bins_of_attributes
    where operator is not null
),

written_conditions as (
    select
        conditions_of_rules.*,
        cast(null as {{ lead_scoring.type_name('text') }}) as audience_of,
        false as is_of_prediction
    from conditions_of_rules
    union all
    select
        null as rule_key,
        'lead' as subject,
        null as event_type,
        null as within_days,
        attribute,
        operator,
        value,
        audience_of,
        is_of_prediction
    from conditions_of_others
),

-- what stands beside is_empty compares with nothing, and makes no other condition of it
all_conditions as (
    select
        rule_key,
        subject,
        event_type,
        within_days,
        attribute,
        operator,
        audience_of,
        is_of_prediction,
        case
            when operator in ('is_empty', 'is_not_empty') then ''
            else coalesce(value, '')
        end as compared_value
    from written_conditions
),

final as (
    select distinct
        -- ids
        dense_rank() over (
            order by
                subject,
                event_type nulls last,
                within_days nulls last,
                attribute,
                operator,
                compared_value
        ) as condition_key,
        rule_key,
        audience_of,
        -- strings
        subject,
        event_type,
        attribute,
        operator,
        compared_value as value,
        -- numerics
        within_days,
        -- flags
        is_of_prediction
    from all_conditions
)

select * from final
