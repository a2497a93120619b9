{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    on_schema_change='fail',
    pre_hook="{{ lead_scoring.forget_rows() }}"
) }}
-- depends_on: {{ ref('stg_lead_scoring__lead_identities') }}
-- depends_on: {{ ref('int_lead_scoring__rewritten_stretches') }}
{%- set values = lead_scoring.score_log_values() %}

with scores_at_moments as (
    select
        logged_moments.moment_key,
        logged_moments.lead_id,
        logged_moments.as_of,
        cast(null as {{ dbt.type_string() }}) as reasons,
        {%- for value in values if value != 'status' %}
        scores.{{ value }},
        {%- endfor %}
        coalesce(statuses.status, 'open') as status
    from {{ ref('int_lead_scoring__logged_moments') }} as logged_moments
    inner join {{ ref('int_lead_scoring__scores') }} as scores
        on logged_moments.moment_key = scores.moment_key and scores.is_own_scorecard
    left join {{ ref('int_lead_scoring__lead_statuses') }} as statuses
        on logged_moments.moment_key = statuses.moment_key
),

last_rows as (
    {{ lead_scoring.last_logged_rows(['lead_id'], 'scores_at_moments') }}
),

every_row as (
    select * from scores_at_moments
    union all
    select
        null as moment_key,
        lead_id,
        as_of,
        reasons,
        {{ values | reject('equalto', 'status') | join(', ') }}, status
    from last_rows
),

rows_in_order as (
    select
        every_row.*,
        {{ lead_scoring.score_state('every_row') }} as state,
        lag({{ lead_scoring.score_state('every_row') }}) over (
            partition by lead_id order by as_of
        ) as state_before
    from every_row
),

changes as (
    select
        *,
        row_number() over (order by lead_id, as_of) as row_id
    from rows_in_order
    where moment_key is null or coalesce(state <> state_before, true)
),

reason_lists as (
    {{ lead_scoring.reason_lists('changes') }}
),

-- a row before this pass brings its reasons along
changes_with_reasons as (
    select
        changes.row_id,
        coalesce(changes.reasons, reason_lists.reasons) as reasons,
        lag(coalesce(changes.reasons, reason_lists.reasons)) over (
            partition by changes.lead_id order by changes.as_of
        ) as reasons_before
    from changes
    left join reason_lists on changes.moment_key = reason_lists.moment_key
),

changed_reasons as (
    {{ lead_scoring.changed_reasons('changes_with_reasons') }}
),

final as (
    select
        {%- for value in ['lead_id'] + values %}
        changes.{{ value }},
        {%- endfor %}
        changes_with_reasons.reasons,
        changed_reasons.reasons_changed,
        rules_fingerprint.rules_fingerprint,
        -- times
        changes.as_of
    from changes
    inner join changes_with_reasons on changes.row_id = changes_with_reasons.row_id
    left join changed_reasons on changes.row_id = changed_reasons.row_id
    cross join {{ ref('int_lead_scoring__rules_fingerprint') }} as rules_fingerprint
    where changes.moment_key is not null
)

select * from final
