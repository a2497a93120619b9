-- What the events of the chosen tools are called, each name with what its rules ask for: the event
-- type that the first row of event_names gives it. A blank one leaves the event out, and a name of
-- which no row speaks is the type itself.
with events as (
    {{ lead_scoring.connected_rows('events', ['event_name', 'url', 'asset', 'channel']) }}
),

names as (
    select distinct
        tool,
        coalesce(event_name, 'unnamed') as event_name,
        url,
        asset,
        channel
    from events
),

rows_of_tools as (
    {{ lead_scoring.rows_of_tools('event_names') }}
),

rules as (
    {{ lead_scoring.split_rows('rows_of_tools', 'event_name', '|', 'name') }}
),

values_of_rules as (
    select
        tool,
        {{ lead_scoring.normalised('name') }} as name,
        {{ lead_scoring.normalised('attribute') }} as attribute,
        {{ lead_scoring.normalised('operator') }} as operator,
        coalesce({{ lead_scoring.normalised('value') }}, '') as value,
        {{ lead_scoring.normalised('event_type') }} as event_type,
        coalesce(priority, 1000000000) as priority
    from rules
),

parts as (
    {{ lead_scoring.split_rows('values_of_rules', 'value', '|', 'part') }}
),

texts as (
    select
        names.*,
        parts.attribute,
        parts.operator,
        parts.event_type,
        parts.priority,
        {{ lead_scoring.trimmed('parts.part') }} as part,
        {{ lead_scoring.words_of('parts.part') }} as words,
        lower(case parts.attribute
            when 'event_name' then names.event_name
            when 'url' then names.url
            when 'asset' then names.asset
            when 'channel' then names.channel
        end) as subject
    from names
    inner join parts
        on
            names.tool = parts.tool
            and (lower(names.event_name) = parts.name or parts.name = '*')
),

matches as (
    select
        *,
        row_number() over (
            partition by tool, event_name, url, asset, channel
            order by priority nulls last, event_type nulls last
        ) as place
    from texts
    where
        case
            when attribute is null then true
            when operator = 'is_empty' then subject is null
            when operator = 'is_not_empty' then subject is not null
            when operator in ('equals', 'in') then subject = part
            when operator = 'contains' then {{ dbt.position('part', 'subject') }} > 0
            when operator = 'starts_with' then left(subject, length(part)) = part
            when operator = 'ends_with' then right(subject, length(part)) = part
            when operator = 'has_word'
                then {{ dbt.position('words', lead_scoring.words_of('subject')) }} > 0
        end
),

final as (
    select
        names.tool,
        names.event_name,
        names.url,
        names.asset,
        names.channel,
        case when matches.tool is null then lower(names.event_name) else matches.event_type end
            as event_type
    from names
    left join matches
        on
            names.tool = matches.tool
            and names.event_name = matches.event_name
            and coalesce(names.url, '') = coalesce(matches.url, '')
            and coalesce(names.asset, '') = coalesce(matches.asset, '')
            and coalesce(names.channel, '') = coalesce(matches.channel, '')
            and matches.place = 1
)

select * from final
