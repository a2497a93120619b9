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

-- what every lead begins with is a part too
parts as (
    select
        moment_key,
        prediction,
        feature,
        bin_key,
        log_odds,
        is_unseen
    from {{ lead_scoring.in_same_database(ref('int_lead_scoring__prediction_parts')) }}
    union all
    select
        likelihoods.moment_key,
        likelihoods.prediction,
        'intercept' as feature,
        null as bin_key,
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
        case
            when parts.feature = 'intercept' then 'Every lead'
            else coalesce(bins.words, 'unlike the leads of training')
        end as part,
        -- numerics
        parts.log_odds,
        -- flags
        parts.is_unseen,
        -- times
        moments.as_of
    from parts
    inner join moments on parts.moment_key = moments.moment_key
    left join bins on parts.bin_key = bins.bin_key
)

select * from final
