-- Which bin of each feature each open lead lies in (contract, section 4: likelihood). There are
-- many rows: they hold keys alone. int_lead_scoring__prediction_bins has what a bin adds and says.
with bins as (
    select * from {{ ref('int_lead_scoring__prediction_bins') }}
),

conditions as (
    select distinct
        condition_key,
        attribute,
        operator,
        value
    from {{ ref('int_lead_scoring__rule_conditions') }}
    where is_of_prediction and subject = 'lead'
),

bins_of_conditions as (
    select
        conditions.condition_key,
        bins.prediction,
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
        bins_of_conditions.prediction,
        bins_of_conditions.feature_key,
        min(bins_of_conditions.bin_key) as bin_key
    from {{ ref('int_lead_scoring__lead_conditions') }} as held
    inner join bins_of_conditions on held.condition_key = bins_of_conditions.condition_key
    group by held.moment_key, bins_of_conditions.prediction, bins_of_conditions.feature_key
    union all
    select
        measures.moment_key,
        bins.prediction,
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
        held.moment_key,
        held.feature_key,
        held.bin_key
    from bins_that_hold as held
    inner join {{ ref('int_lead_scoring__prediction_leads') }} as leads
        on held.moment_key = leads.moment_key and held.prediction = leads.prediction
)

select * from final
