-- What each prediction counts as: live, where its approval holds, its gate too, and drift has not
-- ended that approval; else a challenger (contract, section 4: likelihood; decision 28). This is
-- the verdict, for the engine; the mart prediction_standings has its reasons and figures too. Drift
-- is asked beside the log, which has recorded instants alone: other runs see it by themselves.
with final as (
    select
        -- ids
        predictions.prediction,
        predictions.scorecard,
        predictions.fingerprint,
        -- strings
        case
            when
                predictions.may_be_live
                and prediction_log.prediction is null
                and not coalesce(drift.is_beyond_limit, false)
                then 'live'
            else 'challenger'
        end as status,
        predictions.foretells,
        -- numerics
        predictions.horizon_days,
        drift.psi,
        -- flags
        predictions.may_be_live,
        -- times
        case when predictions.may_be_live then prediction_log.as_of end as switched_off_at
    from {{ ref('int_lead_scoring__predictions') }} as predictions
    left join {{ ref('prediction_drift') }} as drift
        on predictions.prediction = drift.prediction and drift.feature = '*'
    left join {{ ref('int_lead_scoring__prediction_log') }} as prediction_log
        on
            predictions.prediction = prediction_log.prediction
            and predictions.fingerprint = prediction_log.fingerprint
            and predictions.approved_at = prediction_log.approved_at
)

select * from final
