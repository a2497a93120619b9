-- From parts to log-odds, a band and a likelihood (contract, section 4: likelihood). Within a band
-- the probability runs straight, reckoned in whole numbers of 1e-9: no engine rounds another way.
with predictions as (
    select * from {{ ref('int_lead_scoring__predictions') }}
),

features as (
    select distinct
        prediction,
        feature,
        span
    from {{ ref('int_lead_scoring__prediction_bins') }}
    where span is not null
),

spans as (
    select
        prediction,
        sum(span) as span
    from features
    group by prediction
),

sums as (
    select
        parts.moment_key,
        bins.prediction,
        sum(bins.log_odds) as log_odds,
        sum(case when bins.is_unseen then 0 else bins.span end) as span_seen
    from {{ ref('int_lead_scoring__prediction_parts') }} as parts
    inner join {{ ref('int_lead_scoring__prediction_bins') }} as bins
        on parts.bin_key = bins.bin_key
    group by parts.moment_key, bins.prediction
),

-- a feature whose value lies in no bin adds nothing, and is unseen
log_odds_of_leads as (
    select
        leads.moment_key,
        leads.prediction,
        cast(predictions.intercept + coalesce(sums.log_odds, 0) as decimal(18, 6)) as log_odds,
        spans.span,
        spans.span - coalesce(sums.span_seen, 0) as span_unseen
    from {{ ref('int_lead_scoring__prediction_leads') }} as leads
    inner join predictions on leads.prediction = predictions.prediction
    inner join spans on leads.prediction = spans.prediction
    left join sums on leads.moment_key = sums.moment_key and leads.prediction = sums.prediction
),

ages as (
    select
        moment_key,
        {{ dbt.datediff('exists_from_day', 'as_of_day', 'day') }} as age
    from {{ ref('int_lead_scoring__moments') }}
),

bands as (
    select
        {{ lead_scoring.normalised('prediction') }} as prediction,
        cast(band as integer) as band,
        cast(log_odds_from as decimal(18, 6)) as log_odds_from,
        cast(log_odds_until as decimal(18, 6)) as log_odds_until,
        cast(probability_from as decimal(10, 9)) as probability_from,
        cast(probability_until as decimal(10, 9)) as probability_until,
        cast(median_days as decimal(12, 1)) as median_days
    from {{ ref('lead_scoring__prediction_calibration') }}
),

-- the outer bands have no end: there the probability is that of theirs
open_bands as (
    select
        *,
        band = min(band) over (partition by prediction) as is_first,
        band = max(band) over (partition by prediction) as is_last
    from bands
),

placed as (
    select
        log_odds_of_leads.moment_key,
        log_odds_of_leads.prediction,
        log_odds_of_leads.log_odds,
        log_odds_of_leads.span,
        log_odds_of_leads.span_unseen,
        bands.band,
        bands.median_days,
        bands.probability_from,
        cast((bands.probability_until - bands.probability_from) * 1000000000 as bigint) as rise,
        cast((bands.log_odds_until - bands.log_odds_from) * 1000000 as bigint) as width,
        cast(
            (
                least(
                    greatest(log_odds_of_leads.log_odds, bands.log_odds_from), bands.log_odds_until
                ) - bands.log_odds_from
            ) * 1000000 as bigint
        ) as steps
    from log_odds_of_leads
    inner join open_bands as bands
        on
            log_odds_of_leads.prediction = bands.prediction
            and (bands.is_first or log_odds_of_leads.log_odds >= bands.log_odds_from)
            and (bands.is_last or log_odds_of_leads.log_odds < bands.log_odds_until)
),

likelihoods as (
    select
        placed.*,
        placed.probability_from
        + cast(
            {{ lead_scoring.divided_half_up('placed.rise * placed.steps', 'placed.width') }}
            as decimal(18, 0)
        )
        * cast(0.000000001 as decimal(10, 9)) as probability,
        predictions.mean_amount,
        ages.age between predictions.first_age and predictions.last_age as has_age_of_training,
        case
            when not predictions.has_enough_leads then 'too few outcomes'
            when ages.age < predictions.first_age then 'younger than the leads of training'
            when ages.age > predictions.last_age then 'older than the leads of training'
            when placed.span_unseen * 5 > placed.span then 'too far from the leads of training'
        end as unknown_because
    from placed
    inner join predictions on placed.prediction = predictions.prediction
    inner join ages on placed.moment_key = ages.moment_key
),

final as (
    select
        -- ids
        moment_key,
        prediction,
        -- strings
        unknown_because,
        -- numerics
        log_odds,
        case when unknown_because is null then band end as band,
        band as place,
        case when unknown_because is null then cast(probability as decimal(10, 9)) end
            as probability,
        case when unknown_because is null then median_days end as median_days,
        case
            when unknown_because is null
                then cast(round(probability * mean_amount, 2) as decimal(18, 2))
        end as expected_amount,
        case
            when span > 0
                then cast(
                    {{ lead_scoring.divided_half_up(
                        'cast(span_unseen * 1000000 as bigint) * 10000',
                        'cast(span * 1000000 as bigint)'
                    ) }} * 0.0001 as decimal(5, 4)
                )
            else cast(0 as decimal(5, 4))
        end as features_unseen,
        -- flags
        has_age_of_training
    from likelihoods
)

select * from final
