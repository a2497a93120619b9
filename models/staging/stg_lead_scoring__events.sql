-- depends_on: {{ ref('int_lead_scoring__retroactive_leads') }}
-- depends_on: {{ ref('int_lead_scoring__touched_leads') }}
-- depends_on: {{ ref('stg_lead_scoring__arrived_events') }}
-- Raw events are read once. Later runs read the load days that have changed, and put the rows that
-- these days bear on back as they must now be.
{{ config(materialized='kept', meta={'scope': 'events', 'replaces': 'event_rows'}) }}

{%- set is_partial = not lead_scoring.recomputes_all('events') %}

with identities as (
    select * from {{ ref('stg_lead_scoring__lead_identities') }}
),

{%- if is_partial %}

rows_that_compete as (
    {{ lead_scoring.competing_event_rows(ref('stg_lead_scoring__arrived_events')) }}
),
{%- else %}

event_rows as (
    {{ lead_scoring.event_rows() }}
),

rows_that_compete as (
    {{ lead_scoring.event_rows(
        lead_scoring.event_hash_of_input()
        ~ ' in (select event_hash from ' ~ ref('stg_lead_scoring__repeated_events') ~ ')'
    ) }}
),
{%- endif %}

-- of equal loading times the row that sorts first
ranked_rows as (
    select
        *,
        {{ '' if is_partial else 'cast(null as bigint) as identity_key,' }}
        row_number() over (
            partition by event_hash, quarantine_cause, known_at order by row_text
        ) as rank_among_equals
    from rows_that_compete
),

-- each version holds until the next one is loaded; rows in quarantine do not compete
rows_with_end as (
    select
        {{ lead_scoring.event_row_columns('ranked_rows') }},
        quarantine_cause,
        identity_key,
        case
            when quarantine_cause is not null then null
            when rank_among_equals > 1 then known_at
            else lead(known_at) over (
                partition by event_hash, quarantine_cause, rank_among_equals order by known_at
            )
        end as superseded_at
    from ranked_rows
    {%- if not is_partial %}
    union all
    select
        {{ lead_scoring.event_row_columns('event_rows') }},
        event_rows.quarantine_cause,
        cast(null as bigint) as identity_key,
        cast(null as timestamp) as superseded_at
    from event_rows
    left join {{ ref('stg_lead_scoring__repeated_events') }} as repeated_events
        on event_rows.event_hash = repeated_events.event_hash
    where repeated_events.event_hash is null
    {%- endif %}
),

identified_rows as (
    {{ lead_scoring.identified_event_rows('rows_with_end', 'identities') }}
),

final as (
    select
        -- ids
        event_hash,
        case when cause is not null then event_id end as event_id,
        case when cause is not null then lead_id end as lead_id,
        case when cause is null then identity_key end as identity_key,
        combination_key,
        -- strings
        cause as quarantine_cause,
        click_target,
        -- flags
        is_click,
        is_of_bot_agent,
        -- times
        occurred_at,
        occurred_day,
        known_at,
        superseded_at,
        load_day
    from identified_rows
    where cause is not null or identity_key is not null
)

select * from final
