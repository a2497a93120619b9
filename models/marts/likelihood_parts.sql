-- What each likelihood is made of: a row for each feature and one for the intercept, which add up
-- to its log-odds (contract, section 4: likelihood).
{{ config(materialized='view') }}

with predictions as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__predictions')) }}
),

likelihoods as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__likelihoods')) }}
),

bins as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__prediction_bins')) }}
),

moments as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__moments')) }}
),

features as (
    select distinct
        prediction,
        feature,
        feature_key
    from bins
    where place is not null
),

parts as (
    select
        likelihoods.moment_key,
        likelihoods.prediction,
        features.feature,
        coalesce(bins.words, 'unlike the leads of training') as part,
        coalesce(bins.log_odds, cast(0 as decimal(18, 6))) as log_odds,
        coalesce(bins.is_unseen, true) as is_unseen
    from likelihoods
    inner join features on likelihoods.prediction = features.prediction
    left join {{ lead_scoring.in_same_database(ref('int_lead_scoring__prediction_parts')) }} as held
        on
            likelihoods.moment_key = held.moment_key
            and features.feature_key = held.feature_key
    left join bins on held.bin_key = bins.bin_key
    union all
    select
        likelihoods.moment_key,
        likelihoods.prediction,
        'intercept' as feature,
        'Every lead' as part,
        predictions.intercept as log_odds,
        false as is_unseen
    from likelihoods
    inner join predictions on likelihoods.prediction = predictions.prediction
),

final as (
    select
        -- ids
        moments.lead_id,
        parts.prediction,
        parts.feature,
        -- strings
        parts.part,
        -- numerics
        parts.log_odds,
        -- flags
        parts.is_unseen,
        -- times
        moments.as_of
    from parts
    inner join moments on parts.moment_key = moments.moment_key
)

select * from final
