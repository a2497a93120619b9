-- Bursts of clicks: where the clicks of one lead within some seconds have many distinct targets, no
-- person has clicked (contract, section 4: bots). Sought among what is known at each moment.
{%- set seconds = var('lead_scoring_bot_burst_seconds', 2) | int -%}
{%- set targets = var('lead_scoring_bot_burst_targets', 3) | int %}

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
        moment_key,
        target_hash,
        occurred_at,
        lead(occurred_at, {{ targets - 1 }}) over (
            partition by moment_key order by occurred_at
        ) as time_of_last_click_needed
    from known_clicks
),

-- only where enough clicks follow in time can there be enough targets: few starts remain
possible_starts as (
    select distinct
        moment_key,
        occurred_at as starts_at
    from clicks
    where time_of_last_click_needed <= {{ dbt.dateadd('second', seconds, 'occurred_at') }}
),

final as (
    select
        -- ids
        possible_starts.moment_key,
        -- times
        possible_starts.starts_at,
        max(clicks.occurred_at) as ends_at
    from possible_starts
    inner join clicks
        on
            possible_starts.moment_key = clicks.moment_key
            and possible_starts.starts_at <= clicks.occurred_at
            and {{ dbt.dateadd('second', seconds, 'possible_starts.starts_at') }}
            >= clicks.occurred_at
    group by possible_starts.moment_key, possible_starts.starts_at
    having count(distinct clicks.target_hash) >= {{ targets }}
)

select * from final
