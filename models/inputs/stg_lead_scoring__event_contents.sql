-- What events of living leads say in words. Those that are missing are read from the days on which
-- their events were loaded; those that no such event has any more are taken out, and last: DuckDB
-- does not give a table a new column in a transaction that has deleted rows of it.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='sync_all_columns',
    post_hook="
        {% if is_incremental() %}
        {% set keys %}
        select distinct events.content_key as key
        from {{ ref('stg_lead_scoring__events') }} as events
        inner join {{ ref('stg_lead_scoring__lead_identities') }} as identities
            on events.lead_hash = identities.lead_hash and identities.lead_key is not null
        where events.quarantine_cause is null
        {% endset %}
        {{ lead_scoring.taken_out('content_key', keys, are_kept=true) }}
        {% endif %}
    "
) }}

{%- set found = lead_scoring.input_columns('events') %}

with events_of_leads as (
    select
        events.content_key,
        events.load_day
    from {{ ref('stg_lead_scoring__events') }} as events
    inner join {{ ref('stg_lead_scoring__lead_identities') }} as identities
        on events.lead_hash = identities.lead_hash and identities.lead_key is not null
    where events.quarantine_cause is null
),

events_with_missing_content as (
    select * from events_of_leads
    {%- if is_incremental() %}
    where content_key not in (select kept.content_key from {{ this }} as kept)
    {%- endif %}
),

missing_contents as (
    select distinct content_key from events_with_missing_content
),

event_reading as (
    {{ lead_scoring.event_reading(found) }}
),

contents_of_input as (
    select distinct
        {{ lead_scoring.content_key(found) }} as content_key,
        {%- for column in lead_scoring.event_columns(found) if column != 'event_type' %}
        {{ lead_scoring.declared_value(column, found) }} as {{ lead_scoring.column_name(column) }},
        {%- endfor %}
        lower({{ lead_scoring.input_value('events', 'event_type', found) }}) as event_type
    from {{ lead_scoring.input_relation('events') }}
    cross join event_reading
    {%- if is_incremental() %}
    where
        {{ lead_scoring.load_day(found) }} in (
            select events_with_missing_content.load_day from events_with_missing_content
        )
    {%- endif %}
),

final as (
    select contents_of_input.*
    from contents_of_input
    inner join missing_contents
        on contents_of_input.content_key = missing_contents.content_key
)

select * from final
