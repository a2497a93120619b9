-- Bursts of clicks: where the clicks of one lead within some seconds have many distinct targets, no
-- person has clicked, and what else the lead did then was no person either (contract, section 4:
-- bots). Sought among what is known at each moment.
{%- set windows = var('lead_scoring_bot_bursts', [[3, 2], [5, 10]]) %}

with click_types as (
    select {{ lead_scoring.normalised('event_type') }} as event_type
    from {{ ref('lead_scoring__event_types') }}
    where is_click
),

click_contents as (
    select contents.content_key
    from {{ ref('stg_lead_scoring__event_contents') }} as contents
    inner join click_types on contents.event_type = click_types.event_type
),

known_clicks as (
    {{ lead_scoring.known_events('click_contents') }}
),

clicks as (
    select
        {%- for targets, _ in windows %}
        lead(occurred_at, {{ targets | int - 1 }}) over (
            partition by moment_key order by occurred_at
        ) as last_click_needed_{{ loop.index }},
        {%- endfor %}
        moment_key,
        target_hash,
        occurred_at
    from known_clicks
),

-- only where enough clicks follow in time can there be enough targets: few starts remain
possible_starts as (
    {%- for targets, seconds in windows %}
    select distinct
        moment_key,
        {{ targets | int }} as targets,
        {{ seconds | int }} as seconds,
        occurred_at as starts_at,
        {{ lead_scoring.later('second', seconds | int, 'occurred_at') }} as window_ends_at
    from clicks
    where
        last_click_needed_{{ loop.index }}
        <= {{ lead_scoring.later('second', seconds | int, 'occurred_at') }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

bursts as (
    select
        possible_starts.moment_key,
        possible_starts.starts_at,
        possible_starts.seconds,
        max(clicks.occurred_at) as last_click_at
    from possible_starts
    inner join clicks
        on
            possible_starts.moment_key = clicks.moment_key
            and possible_starts.starts_at <= clicks.occurred_at
            and possible_starts.window_ends_at >= clicks.occurred_at
    group by
        possible_starts.moment_key,
        possible_starts.starts_at,
        possible_starts.targets,
        possible_starts.seconds
    having count(distinct clicks.target_hash) >= possible_starts.targets
),

-- what follows links also views pages and unsubscribes people, some seconds on
final as (
    select
        -- ids
        moment_key,
        -- times
        starts_at,
        max({{ lead_scoring.later('second', 'seconds', 'last_click_at') }}) as ends_at
    from bursts
    group by moment_key, starts_at
)

select * from final
