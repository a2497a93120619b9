-- How far today's open leads have moved from those that a prediction was trained on (contract,
-- section 4: likelihood; decision 28): each feature over its bins, and the likelihood itself ('*')
-- over its bands. Leads are compared that are as old as those of training were.
{%- set limit = var('lead_scoring_drift_limit', 0.25) | float %}

with predictions as (
    select * from {{ ref('int_lead_scoring__predictions') }}
),

compared as (
    select
        likelihoods.moment_key,
        likelihoods.prediction,
        likelihoods.place
    from {{ ref('int_lead_scoring__likelihoods') }} as likelihoods
    inner join {{ ref('int_lead_scoring__moments') }} as moments
        on likelihoods.moment_key = moments.moment_key
    inner join {{ ref('stg_lead_scoring__as_of') }} as run on moments.as_of = run.as_of
    where likelihoods.has_age_of_training
),

bins_of_features as (
    select * from {{ ref('int_lead_scoring__prediction_bins') }}
    where place is not null
),

leads_of_bins as (
    select
        parts.bin_key,
        count(*) as leads
    from {{ ref('int_lead_scoring__prediction_parts') }} as parts
    inner join bins_of_features as bins on parts.bin_key = bins.bin_key
    inner join compared
        on parts.moment_key = compared.moment_key and bins.prediction = compared.prediction
    group by parts.bin_key
),

leads_of_predictions as (
    select
        prediction,
        count(*) as leads
    from compared
    group by prediction
),

counted_bins as (
    select
        bins.prediction,
        bins.feature,
        coalesce(leads_of_bins.leads, 0) as leads,
        coalesce(bins.leads, 0) as past_leads
    from bins_of_features as bins
    left join leads_of_bins on bins.bin_key = leads_of_bins.bin_key
),

-- leads whose value lies in no bin are one more
leads_in_no_bin as (
    select
        counted_bins.prediction,
        counted_bins.feature,
        leads_of_predictions.leads - sum(counted_bins.leads) as leads
    from counted_bins
    inner join leads_of_predictions
        on counted_bins.prediction = leads_of_predictions.prediction
    group by counted_bins.prediction, counted_bins.feature, leads_of_predictions.leads
),

leads_of_bands as (
    select
        prediction,
        place as bin,
        count(*) as leads
    from compared
    group by prediction, place
),

past_leads_of_bands as (
    select
        {{ lead_scoring.normalised('bands.prediction') }} as prediction,
        cast(bands.band as integer) as bin,
        cast(bands.leads as bigint) as past_leads
    from {{ ref('lead_scoring__prediction_calibration') }} as bands
    inner join predictions
        on {{ lead_scoring.normalised('bands.prediction') }} = predictions.prediction
),

bins as (
    select
        prediction,
        feature,
        leads,
        past_leads
    from counted_bins
    union all
    select
        prediction,
        feature,
        leads,
        0 as past_leads
    from leads_in_no_bin
    where leads > 0
    union all
    select
        past.prediction,
        '*' as feature,
        coalesce(present.leads, 0) as leads,
        coalesce(past.past_leads, 0) as past_leads
    from past_leads_of_bands as past
    left join leads_of_bands as present
        on past.prediction = present.prediction and past.bin = present.bin
),

stability as (
    {{ lead_scoring.stability('bins', ['prediction', 'feature']) }}
),

final as (
    select
        -- ids
        stability.prediction,
        stability.feature,
        predictions.fingerprint,
        -- numerics
        cast(stability.leads as bigint) as leads,
        cast(stability.past_leads as bigint) as past_leads,
        stability.psi,
        stability.psi_by_chance,
        cast(stability.psi_by_chance + {{ limit }} as decimal(12, 6)) as psi_limit,
        -- flags
        coalesce(
            least(stability.leads, stability.past_leads) >= 100
            and stability.psi - stability.psi_by_chance >= {{ limit }},
            false
        ) as is_beyond_limit,
        -- times
        run.as_of
    from stability
    inner join predictions on stability.prediction = predictions.prediction
    cross join {{ ref('stg_lead_scoring__as_of') }} as run
)

select * from final
