-- What each run ran under. A run at the latest recorded instant takes that run's place; one at an
-- earlier instant answers, and is not recorded (contract, section 4: record).
{{ config(
    materialized='incremental',
    unique_key='as_of',
    full_refresh=false,
    on_schema_change='fail'
) }}

with run as (
    select * from {{ ref('stg_lead_scoring__as_of') }}
),

current_rules as (
    select * from {{ ref('int_lead_scoring__rules_fingerprint') }}
),

latest_rules as (
    select max(rules_version) as rules_version from {{ ref('rule_changes') }}
),

recorded_runs as (
    {%- if is_incremental() %}
    select
        as_of,
        rules_fingerprint
    from {{ this }}
    {%- else %}
    select
        run.as_of,
        current_rules.rules_fingerprint
    from run
    cross join current_rules
    where 1 = 0
    {%- endif %}
),

latest_run as (
    select max(as_of) as as_of from recorded_runs
),

runs_before as (
    select
        recorded_runs.*,
        row_number() over (order by recorded_runs.as_of desc) as recency
    from recorded_runs
    inner join run on recorded_runs.as_of < run.as_of
),

final as (
    select
        -- strings
        current_rules.rules_fingerprint,
        -- numerics
        latest_rules.rules_version,
        cast({{ var('lead_scoring_minimum_dwell_days', 0) | int }} as integer)
            as minimum_dwell_days,
        -- flags
        coalesce(current_rules.rules_fingerprint <> runs_before.rules_fingerprint, false)
            as is_rule_change,
        {{ 'true' if var('lead_scoring_announce_rule_changes', false) else 'false' }}
            as announces_rule_changes,
        -- times
        run.as_of
    from run
    cross join current_rules
    cross join latest_rules
    cross join latest_run
    left join runs_before on runs_before.recency = 1
    where
        coalesce(run.as_of >= latest_run.as_of, true)
        {%- if var('lead_scoring_moments', none) or var('lead_scoring_evidence', false) %}
        -- moments that were asked for are no run
        and 1 = 0
        {%- endif %}
)

select * from final
