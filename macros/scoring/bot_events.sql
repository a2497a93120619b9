{#- A select of the events that are a bot's, moment by moment: moment_key, event_id (contract,
    section 4: bots). A bot shows by its user agent, or by clicks on too many targets in too few
    seconds (vars lead_scoring_bot_burst_targets, lead_scoring_bot_burst_seconds).
    In: relations named events (usable rows) and moments (moment_key, lead_key, as_of) in scope.
    Call: bot_events(). Out: a select statement. -#}
{% macro bot_events() -%}
    {%- set seconds = var('lead_scoring_bot_burst_seconds', 2) | int -%}
    {%- set targets = var('lead_scoring_bot_burst_targets', 3) | int -%}
    with click_types as (
        select {{ lead_scoring.normalised('event_type') }} as event_type
        from {{ ref('lead_scoring__event_types') }}
        where is_click
    ),

    user_agents as (
        select distinct user_agent from events
        where user_agent is not null
    ),

    bot_entries as (
        {{ lead_scoring.list_entries('bot_user_agent') }}
    ),

    bot_agents as (
        select distinct user_agents.user_agent
        from user_agents
        inner join bot_entries
            on {{ dbt.position('bot_entries.entry', 'lower(user_agents.user_agent)') }} > 0
    ),

    clicks as (
        select
            moments.moment_key,
            events.event_id,
            events.occurred_at,
            lower(coalesce(events.url, events.asset)) as target,
            lead(events.occurred_at, {{ targets - 1 }}) over (
                partition by moments.moment_key order by events.occurred_at
            ) as time_of_last_click_needed
        from events
        inner join click_types on events.event_type = click_types.event_type
        inner join moments on {{ lead_scoring.is_known_at_moment() }}
    ),

    -- only where enough clicks follow in time can there be enough targets: few starts remain for the
    -- self-join
    possible_starts as (
        select distinct
            moment_key,
            occurred_at as starts_at,
            {{ dbt.dateadd('second', seconds, 'occurred_at') }} as ends_at
        from clicks
        where time_of_last_click_needed <= {{ dbt.dateadd('second', seconds, 'occurred_at') }}
    ),

    bursts as (
        select
            possible_starts.moment_key,
            possible_starts.starts_at,
            possible_starts.ends_at
        from possible_starts
        inner join clicks
            on
                possible_starts.moment_key = clicks.moment_key
                and clicks.occurred_at between possible_starts.starts_at and possible_starts.ends_at
        group by possible_starts.moment_key, possible_starts.starts_at, possible_starts.ends_at
        having count(distinct clicks.target) >= {{ targets }}
    ),

    final as (
        select
            clicks.moment_key,
            clicks.event_id
        from clicks
        inner join bursts
            on
                clicks.moment_key = bursts.moment_key
                and clicks.occurred_at between bursts.starts_at and bursts.ends_at
        union
        select
            moments.moment_key,
            events.event_id
        from events
        inner join bot_agents on events.user_agent = bot_agents.user_agent
        inner join moments on {{ lead_scoring.is_known_at_moment() }}
    )

    select * from final
{%- endmacro %}
