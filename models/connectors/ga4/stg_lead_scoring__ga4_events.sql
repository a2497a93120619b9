-- GA4 has no id of an event and no time of its loading, and a day's rows stand twice while the day
-- is not over: those of the day before those of the hour.
{%- set parameter = '"key" ?: ?"{}"[^}]*' %}

with {{ lead_scoring.vendor_imports('ga4', ['event'], nothing='(not set)') }},

marked_events as (
    select
        *,
        {{ lead_scoring.is_set('is_intraday') }} or coalesce(shard like 'intraday%', false)
            as is_of_today
    from event
),

whole_days as (
    select distinct
        stream_id,
        day
    from marked_events
    where not is_of_today and day is not null
),

final as (
    select
        {{ lead_scoring.text_hash(lead_scoring.joined_values([
            'events.stream_id', 'events.browser_id', 'events.happened_at', 'events.event_name',
            'events.bundle_id', 'events.page_id', 'events.ordering_id', 'events.event_index',
            'events.page', 'events.parameters',
        ])) }} as event_id,
        events.event_name,
        events.user_id,
        -- a browser's id is unique within its stream alone
        events.stream_id || '|' || events.browser_id as device_id,
        events.happened_at as occurred_at,
        coalesce(events.medium, lower(events.platform)) as channel,
        coalesce(events.page, {{ lead_scoring.value_in_json(
            'events.parameters', 'string_value', parameter.replace('{}', 'page_location')
        ) }}) as url,
        coalesce(events.title, {{ lead_scoring.value_in_json(
            'events.parameters', 'string_value', parameter.replace('{}', 'page_title')
        ) }}) as asset,
        events.browser_id || '-' || coalesce(events.session, {{ lead_scoring.value_in_json(
            'events.parameters', 'int_value', parameter.replace('{}', 'ga_session_id')
        ) }}) as session_id,
        events.quantity,
        case
            when events.is_of_today and whole_days.day is not null
                then 'of a day that is there in whole'
        end as put_aside
    from marked_events as events
    left join whole_days
        on
            events.day = whole_days.day
            and coalesce(events.stream_id, '') = coalesce(whole_days.stream_id, '')
)

select * from final
