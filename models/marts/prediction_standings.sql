-- How each prediction stands, since when, and on what figures: what is said of it wherever its
-- likelihoods are shown (contract, section 4: likelihood). The engine's own verdict is
-- int_lead_scoring__prediction_standings.
with given as (
    select
        {{ lead_scoring.normalised('prediction') }} as prediction,
        {{ lead_scoring.normalised('scorecard') }} as scorecard,
        {{ lead_scoring.normalised('status') }} as status,
        {{ lead_scoring.normalised('foretells') }} as foretells,
        {{ lead_scoring.normalised('moments') }} as moments,
        nullif({{ lead_scoring.trimmed('description') }}, '') as description,
        {{ lead_scoring.read_time(lead_scoring.trimmed('trained_from')) }} as trained_from,
        {{ lead_scoring.read_time(lead_scoring.trimmed('trained_until')) }} as trained_until,
        horizon_days,
        days,
        leads_with,
        leads_without,
        auc,
        auc_low,
        auc_high,
        scorecard_auc,
        calibration_slope,
        calibration_error
    from {{ ref('lead_scoring__predictions') }}
),

counted_bands as (
    select
        {{ lead_scoring.normalised('prediction') }} as prediction,
        count(*) as bands
    from {{ ref('lead_scoring__prediction_calibration') }}
    group by {{ lead_scoring.normalised('prediction') }}
),

final as (
    select
        -- ids
        given.prediction,
        given.scorecard,
        standings.fingerprint,
        -- strings
        coalesce(standings.status, 'off') as status,
        case
            when standings.status = 'live' then null
            when standings.status is null then 'it is switched off'
            when coalesce(given.status, '') <> 'live' then 'its row says so'
            when not predictions.is_as_trained then 'a row of it was changed since it was trained'
            when predictions.approved_at is null then 'nobody has approved it as it stands'
            when predictions.gate_failures is not null then predictions.gate_failures
            else 'its likelihoods have drifted'
        end as not_live_because,
        given.foretells,
        given.moments,
        given.description,
        predictions.approved_by,
        predictions.purpose,
        -- numerics
        cast(given.horizon_days as integer) as horizon_days,
        cast(given.days as integer) as days,
        cast(counted_bands.bands as integer) as bands,
        cast(given.leads_with as bigint) as leads_with,
        cast(given.leads_without as bigint) as leads_without,
        {%- for figure in [
            'auc', 'auc_low', 'auc_high', 'scorecard_auc', 'calibration_slope',
            'calibration_error',
        ] %}
        cast(given.{{ figure }} as decimal(12, 6)) as {{ figure }},
        {%- endfor %}
        standings.psi,
        -- times
        given.trained_from,
        given.trained_until,
        predictions.approved_at,
        standings.switched_off_at,
        run.as_of
    from given
    left join {{ ref('int_lead_scoring__predictions') }} as predictions
        on given.prediction = predictions.prediction
    left join {{ ref('int_lead_scoring__prediction_standings') }} as standings
        on given.prediction = standings.prediction
    left join counted_bands on given.prediction = counted_bands.prediction
    cross join {{ ref('stg_lead_scoring__as_of') }} as run
)

select * from final
