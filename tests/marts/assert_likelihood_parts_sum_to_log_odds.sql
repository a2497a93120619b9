with likelihoods as (
    select * from {{ ref('lead_likelihoods') }}
),

parts as (
    select
        lead_id,
        prediction,
        as_of,
        sum(log_odds) as log_odds
    from {{ ref('likelihood_parts') }}
    group by lead_id, prediction, as_of
),

final as (
    select
        likelihoods.lead_id,
        likelihoods.prediction,
        likelihoods.as_of,
        likelihoods.log_odds,
        parts.log_odds as sum_of_parts
    from likelihoods
    left join parts
        on
            likelihoods.lead_id = parts.lead_id
            and likelihoods.prediction = parts.prediction
            and likelihoods.as_of = parts.as_of
    where parts.log_odds is null or likelihoods.log_odds <> parts.log_odds
)

select * from final
