{%- set seconds = var('lead_scoring_bot_burst_seconds', 2) | int -%}
{%- set targets = var('lead_scoring_bot_burst_targets', 3) | int %}

with leads as (
    select
        identity_key,
        lead_key
    from {{ ref('stg_lead_scoring__lead_identities') }}
    where lead_key is not null
    {%- if not lead_scoring.recomputes_all('events') %}
    and lead_key in (
        select touched.lead_key
        from {{ lead_scoring.model_relation('int_lead_scoring__touched_leads') }} as touched
    )
    {%- endif %}
),

-- an event counts from the instant at which it had occurred and was known
clicks as (
    select
        leads.lead_key,
        events.event_hash,
        events.known_at,
        events.occurred_at,
        events.click_target,
        greatest(events.occurred_at, events.known_at) as counts_from,
        coalesce(events.superseded_at, cast('9999-12-31' as timestamp)) as counts_until,
        lead(events.occurred_at, {{ targets - 1 }}) over (
            partition by leads.lead_key order by events.occurred_at
        ) as time_of_last_click_needed
    from {{ ref('stg_lead_scoring__events') }} as events
    inner join leads on events.identity_key = leads.identity_key
    where events.is_click
),

-- only where enough clicks follow in time can there be enough targets: few starts remain
possible_starts as (
    select distinct
        lead_key,
        occurred_at as starts_at
    from clicks
    where time_of_last_click_needed <= {{ dbt.dateadd('second', seconds, 'occurred_at') }}
),

final as (
    select
        clicks.*,
        possible_starts.starts_at
    from possible_starts
    inner join clicks
        on
            possible_starts.lead_key = clicks.lead_key
            and possible_starts.starts_at <= clicks.occurred_at
            and {{ dbt.dateadd('second', seconds, 'possible_starts.starts_at') }}
            >= clicks.occurred_at
            and clicks.counts_from < clicks.counts_until
)

select * from final
