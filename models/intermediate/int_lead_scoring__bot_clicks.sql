{{ config(materialized='kept', meta={'scope': 'events', 'replaces': 'bot_clicks'}) }}

{%- set targets = var('lead_scoring_bot_burst_targets', 3) | int %}

with close_clicks as (
    select * from {{ ref('int_lead_scoring__close_clicks') }}
),

-- what is known of a possible burst changes at these instants only
instants as (
    select
        lead_key,
        starts_at,
        counts_from as known_from
    from close_clicks
    union
    select
        lead_key,
        starts_at,
        counts_until as known_from
    from close_clicks
),

stretches as (
    select
        *,
        lead(known_from) over (partition by lead_key, starts_at order by known_from)
            as known_until
    from instants
),

clicks_in_stretches as (
    select
        close_clicks.*,
        stretches.known_from,
        stretches.known_until
    from stretches
    inner join close_clicks
        on
            stretches.lead_key = close_clicks.lead_key
            and stretches.starts_at = close_clicks.starts_at
            and stretches.known_from >= close_clicks.counts_from
            and stretches.known_from < close_clicks.counts_until
),

bursts as (
    select
        lead_key,
        starts_at,
        known_from
    from clicks_in_stretches
    group by lead_key, starts_at, known_from
    having count(distinct click_target) >= {{ targets }}
),

final as (
    select distinct
        -- ids
        clicks.lead_key,
        clicks.event_hash,
        -- times
        clicks.known_at,
        clicks.known_from as bot_from,
        clicks.known_until as bot_until
    from bursts
    inner join clicks_in_stretches as clicks
        on
            bursts.lead_key = clicks.lead_key
            and bursts.starts_at = clicks.starts_at
            and bursts.known_from = clicks.known_from
)

select * from final
