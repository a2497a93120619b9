-- Event types and outcomes, in the inputs or in the rules, and whether the other side knows them
-- (contract, section 5). A type whose name is alike but for capitals, blanks or a plural is likely
-- the one that was meant.
with event_types as (
    select distinct {{ lead_scoring.normalised('event_type') }} as event_type
    from {{ ref('lead_scoring__event_types') }}
),

outcomes_of_contract as (
    {%- for outcome in lead_scoring.outcomes() %}
    select '{{ outcome }}' as event_type
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

texts_of_rules as (
    select event_type from {{ ref('int_lead_scoring__rules') }}
    where kind = 'engagement' and points is not null and event_type is not null
    union all
    select event_type from {{ ref('int_lead_scoring__rule_conditions') }}
    where rule_key is not null and event_type is not null
),

parts_of_texts as (
    {{ lead_scoring.split_rows('texts_of_rules', 'event_type', '|', 'named_event_type') }}
),

event_types_of_rules as (
    select distinct {{ lead_scoring.trimmed('named_event_type') }} as event_type
    from parts_of_texts
    where {{ lead_scoring.trimmed('named_event_type') }} <> ''
),

rows_of_contents as (
    select
        events.content_key,
        count(*) as input_rows,
        max(events.occurred_at) as last_seen_at
    from {{ ref('stg_lead_scoring__events') }} as events
    inner join {{ ref('stg_lead_scoring__lead_identities') }} as identities
        on events.lead_hash = identities.lead_hash
    where events.quarantine_cause is null and identities.lead_key is not null
    group by events.content_key
),

types_in_inputs as (
    select
        'events' as input_table,
        contents.event_type,
        sum(rows_of_contents.input_rows) as input_rows,
        max(rows_of_contents.last_seen_at) as last_seen_at
    from rows_of_contents
    inner join {{ ref('stg_lead_scoring__event_contents') }} as contents
        on rows_of_contents.content_key = contents.content_key
    group by contents.event_type
    union all
    select
        'outcomes' as input_table,
        outcome as event_type,
        count(*) as input_rows,
        max(occurred_at) as last_seen_at
    from {{ ref('stg_lead_scoring__outcomes') }}
    where outcome is not null
    group by outcome
),

known_types as (
    select
        'events' as input_table,
        event_type
    from event_types
    where event_type is not null
    union all
    select
        'outcomes' as input_table,
        event_type
    from outcomes_of_contract
),

every_type as (
    select
        input_table,
        event_type
    from types_in_inputs
    union distinct
    select
        input_table,
        event_type
    from known_types
    union distinct
    select
        'events' as input_table,
        event_type
    from event_types_of_rules
),

described as (
    select
        every_type.input_table,
        every_type.event_type,
        types_in_inputs.last_seen_at,
        coalesce(types_in_inputs.input_rows, 0) as input_rows,
        known_types.event_type is not null as is_known,
        every_type.input_table = 'events' and rules.event_type is not null as is_named_by_rules,
        {{ lead_scoring.replaced_pattern(
            "translate(every_type.event_type, ' _-./:', '')", 's+$', ''
        ) }} as bare_name
    from every_type
    left join types_in_inputs
        on
            every_type.input_table = types_in_inputs.input_table
            and every_type.event_type = types_in_inputs.event_type
    left join known_types
        on
            every_type.input_table = known_types.input_table
            and every_type.event_type = known_types.event_type
    left join event_types_of_rules as rules on every_type.event_type = rules.event_type
),

counterparts as (
    select
        described.input_table,
        described.event_type,
        min(others.event_type) as likely_counterpart
    from described
    inner join described as others
        on
            described.input_table = others.input_table
            and described.bare_name = others.bare_name
            and described.event_type <> others.event_type
    group by described.input_table, described.event_type
),

final as (
    select
        -- ids
        described.input_table,
        described.event_type,
        -- strings
        counterparts.likely_counterpart,
        -- numerics
        cast(described.input_rows as bigint) as input_rows,
        -- flags
        described.is_known,
        described.is_named_by_rules,
        -- times
        described.last_seen_at
    from described
    left join counterparts
        on
            described.input_table = counterparts.input_table
            and described.event_type = counterparts.event_type
    -- a column of addresses, taken for types by mistake, is shown to nobody
    where {{ dbt.position("'@'", 'described.event_type') }} = 0
)

select * from final
