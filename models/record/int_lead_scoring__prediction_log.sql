{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    on_schema_change='fail'
) }}

-- Which approvals of predictions drift has ended, and when (decision 28). A newer approval is
-- another row's; none comes back by itself.
with instants as (
    select as_of from {{ ref('int_lead_scoring__recorded_instants') }}
),

drifted as (
    select
        predictions.prediction,
        predictions.fingerprint,
        drift.psi,
        predictions.approved_at,
        drift.as_of
    from {{ ref('int_lead_scoring__predictions') }} as predictions
    inner join {{ ref('prediction_drift') }} as drift
        on predictions.prediction = drift.prediction and drift.feature = '*'
    inner join instants on drift.as_of = instants.as_of
    where predictions.may_be_live and drift.is_beyond_limit
),

{%- if is_incremental() %}

on_record as (
    select
        prediction,
        fingerprint,
        approved_at
    from {{ this }}
),

final as (
    select drifted.*
    from drifted
    left join on_record
        on
            drifted.prediction = on_record.prediction
            and drifted.fingerprint = on_record.fingerprint
            and drifted.approved_at = on_record.approved_at
    where on_record.prediction is null
)
{%- else %}

final as (
    select * from drifted
)
{%- endif %}

select * from final
