-- Which engagement rules match which contents of events, and on which days of as_of: rules meet the
-- distinct contents, so that their number does not multiply the events (contract, section 4).
{%- set columns = lead_scoring.event_columns(lead_scoring.input_columns('events')) %}

with contents as (
    select * from {{ ref('stg_lead_scoring__event_contents') }}
),

engagement_rules as (
    select * from {{ ref('int_lead_scoring__rules') }}
    where kind = 'engagement' and points is not null
),

event_types_of_rules as (
    {{ lead_scoring.split_rows('engagement_rules', 'event_type', '|', 'named_event_type') }}
),

event_conditions as (
    select * from {{ ref('int_lead_scoring__rule_conditions') }}
    where subject = 'event'
),

content_values as (
    {{ lead_scoring.unpivoted('contents', ['content_key'], columns) }}
),

distinct_values as (
    select distinct
        'event' as subject,
        attribute,
        value
    from content_values
),

satisfied_conditions as (
    {{ lead_scoring.satisfied_conditions('distinct_values') }}
),

conditions_of_contents as (
    select
        content_values.content_key,
        satisfied_conditions.condition_key,
        satisfied_conditions.holds_from,
        satisfied_conditions.holds_until
    from content_values
    inner join satisfied_conditions
        on
            content_values.attribute = satisfied_conditions.attribute
            and content_values.value = satisfied_conditions.value
),

candidates as (
    select
        rules.rule_key,
        contents.content_key,
        event_conditions.condition_key,
        event_conditions.operator
    from event_types_of_rules as rules
    inner join contents
        on {{ lead_scoring.trimmed('rules.named_event_type') }} = contents.event_type
    left join event_conditions on rules.rule_key = event_conditions.rule_key
),

-- is_empty holds where satisfied_conditions, which looks at values that are there, has no row
days_on_which_rules_hold as (
    select
        -- ids
        candidates.rule_key,
        candidates.content_key,
        -- times
        max(coalesce(satisfied.holds_from, cast('0001-01-01' as date))) as holds_from,
        min(coalesce(satisfied.holds_until, cast('9999-12-31' as date))) as holds_until
    from candidates
    left join conditions_of_contents as satisfied
        on
            candidates.content_key = satisfied.content_key
            and candidates.condition_key = satisfied.condition_key
    group by candidates.rule_key, candidates.content_key
    having
        min(
            case
                when candidates.condition_key is null then 1
                when candidates.operator = 'is_empty'
                    then case when satisfied.condition_key is null then 1 else 0 end
                when satisfied.condition_key is not null then 1
                else 0
            end
        ) = 1
),

final as (
    select * from days_on_which_rules_hold
    where holds_from < holds_until
)

select * from final
