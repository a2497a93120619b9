{#- From the rows of events themselves, without what the engine makes of them for speed: each row is
    compared with the later ones of its event, each click with every other click. -#}
{{ config(group='lead_scoring') }}

{%- set windows = var('lead_scoring_bot_bursts', [[3, 2], [5, 10]]) %}

with event_rows as (
    select * from {{ ref('stg_lead_scoring__events') }}
    where quarantine_cause is null
),

moments_of_leads as (
    select
        moments.moment_key,
        moments.as_of,
        identities.lead_hash
    from {{ ref('int_lead_scoring__moments') }} as moments
    inner join {{ ref('stg_lead_scoring__lead_identities') }} as identities
        on moments.lead_key = identities.lead_key
),

repeated_events as (
    select event_hash
    from event_rows
    group by event_hash
    having count(*) > 1
),

rows_of_repeated_events as (
    select event_rows.*
    from event_rows
    inner join repeated_events on event_rows.event_hash = repeated_events.event_hash
),

-- which of two rows that were loaded at one instant holds, the text of the input decides: moments
-- with such rows are left out
tied_events as (
    select event_hash
    from rows_of_repeated_events
    group by event_hash, known_at
    having count(distinct row_hash) > 1
),

moments_with_ties as (
    select distinct moments.moment_key
    from tied_events
    inner join rows_of_repeated_events as repeated
        on tied_events.event_hash = repeated.event_hash
    inner join moments_of_leads as moments on repeated.lead_hash = moments.lead_hash
),

known_rows as (
    select
        moments.moment_key,
        moments.as_of,
        event_rows.event_hash,
        event_rows.content_key,
        event_rows.target_hash,
        event_rows.user_agent_hash,
        event_rows.is_bot,
        event_rows.occurred_at,
        event_rows.known_at,
        repeated_events.event_hash is not null as is_repeated
    from event_rows
    inner join moments_of_leads as moments
        on
            event_rows.lead_hash = moments.lead_hash
            and event_rows.known_at <= moments.as_of
            and event_rows.occurred_at <= moments.as_of
    left join repeated_events on event_rows.event_hash = repeated_events.event_hash
    where
        moments.moment_key not in (
            select moments_with_ties.moment_key from moments_with_ties
        )
),

-- of equal rows one, and of others the latest
known_events as (
    select
        moment_key,
        event_hash,
        content_key,
        target_hash,
        user_agent_hash,
        is_bot,
        occurred_at
    from known_rows
    where not is_repeated
    union all
    select distinct
        known_rows.moment_key,
        known_rows.event_hash,
        known_rows.content_key,
        known_rows.target_hash,
        known_rows.user_agent_hash,
        known_rows.is_bot,
        known_rows.occurred_at
    from known_rows
    left join rows_of_repeated_events as later_rows
        on
            known_rows.event_hash = later_rows.event_hash
            and known_rows.known_at < later_rows.known_at
            and known_rows.as_of >= later_rows.known_at
    where known_rows.is_repeated and later_rows.event_hash is null
),

clicks as (
    select known_events.*
    from known_events
    inner join {{ ref('stg_lead_scoring__event_contents') }} as contents
        on known_events.content_key = contents.content_key
    inner join {{ ref('lead_scoring__event_types') }} as event_types
        on contents.event_type = {{ lead_scoring.normalised('event_types.event_type') }}
    where event_types.is_click
),

bursts as (
    {%- for targets, seconds in windows %}
    select
        clicks.moment_key,
        clicks.occurred_at as starts_at,
        {{ lead_scoring.later('second', seconds, 'max(followers.occurred_at)') }} as ends_at
    from clicks
    inner join clicks as followers
        on
            clicks.moment_key = followers.moment_key
            and followers.occurred_at between clicks.occurred_at
            and {{ lead_scoring.later('second', seconds, 'clicks.occurred_at') }}
    group by clicks.moment_key, clicks.occurred_at
    having count(distinct followers.target_hash) >= {{ targets }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

bot_user_agents as (
    select user_agents.user_agent_hash
    from {{ ref('stg_lead_scoring__user_agents') }} as user_agents
    inner join {{ ref('lead_scoring__lists') }} as lists
        on {{ dbt.position(
            lead_scoring.normalised('lists.entry'), 'lower(user_agents.user_agent)'
        ) }} > 0
    where {{ lead_scoring.normalised('lists.list') }} = 'bot_user_agent'
),

bot_events as (
    select
        known_events.moment_key,
        known_events.event_hash
    from known_events
    inner join bursts
        on
            known_events.moment_key = bursts.moment_key
            and known_events.occurred_at between bursts.starts_at and bursts.ends_at
    union
    select
        moment_key,
        event_hash
    from known_events
    where is_bot
    union
    select
        known_events.moment_key,
        known_events.event_hash
    from known_events
    inner join bot_user_agents
        on known_events.user_agent_hash = bot_user_agents.user_agent_hash
),

events_that_should_count as (
    select
        known_events.moment_key,
        count(*) as events,
        {{ lead_scoring.sum_of_hashes('known_events.event_hash') }} as events_hash
    from known_events
    left join bot_events
        on
            known_events.moment_key = bot_events.moment_key
            and known_events.event_hash = bot_events.event_hash
    where bot_events.event_hash is null
    group by known_events.moment_key
),

events_that_count as (
    select
        moment_key,
        count(*) as events,
        {{ lead_scoring.sum_of_hashes('event_hash') }} as events_hash
    from {{ ref('int_lead_scoring__counting_events') }}
    where moment_key not in (select moments_with_ties.moment_key from moments_with_ties)
    group by moment_key
),

final as (
    select
        coalesce(expected.moment_key, counted.moment_key) as moment_key,
        expected.events as events_expected,
        counted.events as events_counted
    from events_that_should_count as expected
    full outer join events_that_count as counted on expected.moment_key = counted.moment_key
    where
        expected.moment_key is null
        or counted.moment_key is null
        or expected.events <> counted.events
        or expected.events_hash <> counted.events_hash
)

select * from final
