{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    on_schema_change='fail',
    pre_hook="{{ lead_scoring.forget_run() }}"
) }}

with rules_fingerprint as (
    select * from {{ ref('int_lead_scoring__rules_fingerprint') }}
),

latest_rules as (
    select max(rules_version) as rules_version from {{ ref('rule_changes') }}
),

{%- if is_incremental() %}

recorded_runs as (
    select
        as_of,
        rules_fingerprint,
        row_number() over (order by as_of desc) as recency
    from {{ this }}
),
{%- else %}

recorded_runs as (
    select
        {{ lead_scoring.as_of() }} as as_of,
        '' as rules_fingerprint,
        0 as recency
),
{%- endif %}

run_before as (
    select * from recorded_runs
    where recency = 1
),

-- what was recorded of later instants stands: a run in the past leaves no trace
final as (
    select
        -- strings
        rules_fingerprint.rules_fingerprint,
        -- numerics
        latest_rules.rules_version,
        cast({{ var('lead_scoring_minimum_dwell_days', 0) | int }} as integer)
            as minimum_dwell_days,
        -- flags
        coalesce(rules_fingerprint.rules_fingerprint <> run_before.rules_fingerprint, false)
            as is_rule_change,
        {{ 'true' if var('lead_scoring_announce_rule_changes', false) else 'false' }}
            as announces_rule_changes,
        -- times
        {{ lead_scoring.as_of() }} as as_of
    from rules_fingerprint
    cross join latest_rules
    left join run_before on true
    where
        coalesce(run_before.as_of < {{ lead_scoring.as_of() }}, true)
        and {{ 'false' if lead_scoring.is_backtest() else 'true' }}
)

select * from final
