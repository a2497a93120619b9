-- Whose a browser or a device is, by the users that were seen with it: of several the latest, in
-- all time; or, where the var lead_scoring_shared_devices is apart, each from when it was seen
-- until the next was, the first before that too.
{%- set are_apart = var('lead_scoring_shared_devices', 'together') == 'apart' %}

with events as (
    {{ lead_scoring.connected_rows(
        'events', ['device_id', 'user_id', 'occurred_at', 'put_aside']
    ) }}
),

shared_users as (
    select * from {{ ref('stg_lead_scoring__shared_users') }}
),

sightings as (
    select
        events.tool,
        events.device_id,
        events.user_id,
        {{ lead_scoring.input_time_of('events.occurred_at') }} as seen_at
    from events
    left join shared_users
        on {{ lead_scoring.normalised('events.user_id') }} = shared_users.shared_user
    where
        events.device_id is not null
        and events.user_id is not null
        and events.put_aside is null
        and shared_users.shared_user is null
),

{%- if are_apart %}

ordered_sightings as (
    select
        *,
        lag(user_id) over (
            partition by tool, device_id order by seen_at nulls last, user_id
        ) as user_before
    from sightings
),

changes as (
    select *
    from ordered_sightings
    where user_before is null or user_before <> user_id
),

final as (
    select
        tool,
        device_id,
        user_id,
        case when user_before is null then cast('0001-01-01' as timestamp) else seen_at end
            as held_from,
        coalesce(
            lead(seen_at) over (partition by tool, device_id order by seen_at nulls last, user_id),
            cast('9999-12-31' as timestamp)
        ) as held_until
    from changes
)
{%- else %}

ranked_sightings as (
    select
        *,
        row_number() over (
            partition by tool, device_id
            order by seen_at desc, user_id
        ) as recency
    from sightings
    where seen_at is not null
),

final as (
    select
        tool,
        device_id,
        user_id,
        cast('0001-01-01' as timestamp) as held_from,
        cast('9999-12-31' as timestamp) as held_until
    from ranked_sightings
    where recency = 1
)
{%- endif %}

select * from final
