with event_types as (
    select
        {{ lead_scoring.normalised('event_type') }} as event_type,
        coalesce(is_activity, false) as is_activity,
        coalesce(is_click, false) as is_click
    from {{ ref('lead_scoring__event_types') }}
),

engagement_rules as (
    select
        {{ lead_scoring.normalised('rule_id') }} as rule_id,
        {{ lead_scoring.normalised('scorecard') }} as scorecard,
        {{ lead_scoring.normalised('event_type') }} as event_type,
        {{ lead_scoring.normalised('attribute') }} as attribute
    from {{ ref('lead_scoring__engagement_rules') }}
),

rule_conditions as (
    select
        {{ lead_scoring.normalised('rule_id') }} as rule_id,
        {{ lead_scoring.normalised('scorecard') }} as scorecard,
        {{ lead_scoring.normalised('of') }} as of,
        {{ lead_scoring.normalised('event_type') }} as event_type,
        {{ lead_scoring.normalised('attribute') }} as attribute
    from {{ ref('lead_scoring__rule_conditions') }}
),

uses as (
    select
        event_type,
        attribute
    from engagement_rules
    union all
    select
        engagement_rules.event_type,
        rule_conditions.attribute
    from engagement_rules
    inner join rule_conditions
        on
            engagement_rules.rule_id = rule_conditions.rule_id
            and engagement_rules.scorecard = rule_conditions.scorecard
    where rule_conditions.of = 'event'
    union all
    select
        event_type,
        null as attribute
    from rule_conditions
    where of = 'history'
    union all
    select
        event_type,
        null as attribute
    from event_types
    where is_activity or is_click
),

final as (
    select
        -- ids
        uses.event_type,
        -- flags
        {%- for column in lead_scoring.event_columns() %}
        coalesce(max(case when uses.attribute = '{{ column }}' then 1 else 0 end), 0) = 1
            as {{ adapter.quote('uses ' ~ column) }},
        {%- endfor %}
        coalesce(max(case when event_types.is_activity then 1 else 0 end), 0) = 1 as is_activity,
        coalesce(max(case when event_types.is_click then 1 else 0 end), 0) = 1 as is_click
    from uses
    left join event_types on uses.event_type = event_types.event_type
    where uses.event_type is not null
    group by uses.event_type
)

select * from final
