-- Which bin of each feature each open lead lies in, and what it adds to the log-odds (contract,
-- section 4: likelihood): of its own scorecard's predictions and of those for every lead.
{%- set fewest_leads = 20 %}

with bins as (
    select * from {{ ref('int_lead_scoring__prediction_bins') }}
),

features as (
    select distinct
        prediction,
        feature,
        feature_key,
        span
    from bins
    where span is not null
),

pairs as (
    select
        leads.moment_key,
        predictions.prediction
    from {{ ref('int_lead_scoring__moment_scorecards') }} as scorecards
    inner join {{ ref('int_lead_scoring__leads_at_moments') }} as leads
        on scorecards.moment_key = leads.moment_key
    inner join {{ ref('int_lead_scoring__predictions') }} as predictions
        on predictions.scorecard = '*' or scorecards.scorecard = predictions.scorecard
    where scorecards.is_own_scorecard and leads.status = 'open'
),

conditions as (
    select distinct
        condition_key,
        attribute,
        operator,
        value
    from {{ ref('int_lead_scoring__rule_conditions') }}
    where is_of_prediction and of = 'lead'
),

bins_of_conditions as (
    select
        conditions.condition_key,
        bins.feature_key,
        bins.bin_key
    from bins
    inner join conditions
        on
            bins.attribute = conditions.attribute
            and bins.operator = conditions.operator
            and bins.value = conditions.value
    where bins.measure = 'attribute'
),

-- several conditions on an attribute may hold: keys of bins rise with their priority. Ranges of
-- numbers do not overlap
bins_that_hold as (
    select
        held.moment_key,
        bins_of_conditions.feature_key,
        min(bins_of_conditions.bin_key) as bin_key
    from {{ ref('int_lead_scoring__lead_conditions') }} as held
    inner join bins_of_conditions on held.condition_key = bins_of_conditions.condition_key
    group by held.moment_key, bins_of_conditions.feature_key
    union all
    select
        measures.moment_key,
        bins.feature_key,
        bins.bin_key
    from {{ ref('int_lead_scoring__prediction_measures') }} as measures
    inner join bins
        on
            measures.measure_key = bins.measure_key
            and (
                (measures.value is null and bins.operator = 'is_empty')
                or (
                    measures.value <= bins.until
                    and (bins.above is null or measures.value > bins.above)
                )
            )
),

final as (
    select
        -- ids
        pairs.moment_key,
        pairs.prediction,
        features.feature,
        bins.bin_key,
        -- numerics
        coalesce(bins.log_odds, cast(0 as decimal(18, 6))) as log_odds,
        features.span,
        -- flags
        coalesce(bins.leads < {{ fewest_leads }}, true) as is_unseen
    from pairs
    inner join features on pairs.prediction = features.prediction
    left join bins_that_hold
        on
            pairs.moment_key = bins_that_hold.moment_key
            and features.feature_key = bins_that_hold.feature_key
    left join bins on bins_that_hold.bin_key = bins.bin_key
)

select * from final
