{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    on_schema_change='fail',
    pre_hook="{{ lead_scoring.forget_rows() }}"
) }}
-- depends_on: {{ ref('stg_lead_scoring__lead_identities') }}
-- depends_on: {{ ref('int_lead_scoring__rewritten_stretches') }}

with logged_moments as (
    select * from {{ ref('int_lead_scoring__logged_moments') }}
),

standings as (
    select
        standings.moment_key,
        logged_moments.lead_id,
        logged_moments.as_of,
        standings.stage,
        standings.standing,
        standings.stage_rank
    from {{ ref('int_lead_scoring__stage_standings') }} as standings
    inner join logged_moments on standings.moment_key = logged_moments.moment_key
),

last_rows as (
    {{ lead_scoring.last_logged_rows(['lead_id', 'stage'], 'standings') }}
),

-- a stage that no ladder has any more is left at the first moment of the pass
every_row as (
    select * from standings
    union all
    select
        null as moment_key,
        lead_id,
        as_of,
        stage,
        standing,
        stage_rank
    from last_rows
    union all
    select
        logged_moments.moment_key,
        last_rows.lead_id,
        logged_moments.as_of,
        last_rows.stage,
        'absent' as standing,
        null as stage_rank
    from last_rows
    inner join logged_moments
        on
            last_rows.lead_id = logged_moments.lead_id
            and logged_moments.as_of = logged_moments.first_as_of
    where last_rows.stage not in (select standings.stage from standings)
),

rows_in_order as (
    select
        *,
        standing || coalesce(cast(stage_rank as {{ dbt.type_string() }}), '') as state,
        lag(standing || coalesce(cast(stage_rank as {{ dbt.type_string() }}), '')) over (
            partition by lead_id, stage order by as_of
        ) as state_before
    from every_row
),

final as (
    select
        -- ids
        changes.lead_id,
        changes.stage,
        -- strings
        changes.standing,
        {%- for column in [
            'scorecard', 'account', 'segment', 'routing_rule', 'queue', 'action', 'owner',
            'reasons', 'grade',
        ] %}
        details.{{ column }},
        {%- endfor %}
        rules_fingerprint.rules_fingerprint,
        -- numerics
        changes.stage_rank,
        details.total_score,
        details.respond_within_minutes,
        -- times
        changes.as_of
    from rows_in_order as changes
    cross join {{ ref('int_lead_scoring__rules_fingerprint') }} as rules_fingerprint
    left join {{ ref('int_lead_scoring__handoff_details') }} as details
        on changes.moment_key = details.moment_key and changes.stage = details.stage
    where
        changes.moment_key is not null
        and (changes.state_before is null or changes.state <> changes.state_before)
)

select * from final
