-- The features of each prediction that is not off with their bins, in order and in words (contract,
-- section 4: likelihood). Of measures other than attribute bins are ranges, above one number up to
-- another, that do not overlap: what comes first by priority is taken out of those that follow. A
-- feature that is not trained yet has one row, without a bin.
{%- set beyond_all = '999999999999' %}
{%- set fewest_leads = 20 %}

with features as (
    select
        predictions.prediction,
        {{ lead_scoring.normalised('given.feature') }} as feature,
        {{ lead_scoring.normalised('given.measure') }} as measure,
        {{ lead_scoring.normalised('given.attribute') }} as attribute,
        coalesce({{ lead_scoring.normalised('given.event_type') }}, '') as event_type,
        coalesce(nullif({{ lead_scoring.trimmed('given.description') }}, ''), given.feature)
            as description,
        coalesce({{ lead_scoring.normalised('given.decay') }}, 'no decay') as decay,
        cast(given.within_days as integer) as within_days
    from {{ ref('lead_scoring__prediction_features') }} as given
    inner join {{ ref('int_lead_scoring__predictions') }} as predictions
        on {{ lead_scoring.normalised('given.prediction') }} = predictions.prediction
),

features_with_key as (
    select
        *,
        case
            when measure <> 'attribute'
                then dense_rank() over (
                    order by
                        measure,
                        event_type,
                        coalesce(attribute, ''),
                        coalesce(within_days, 0),
                        decay
                )
        end as measure_key
    from features
),

bins as (
    select
        {{ lead_scoring.normalised('prediction') }} as prediction,
        {{ lead_scoring.normalised('feature') }} as feature,
        {{ lead_scoring.normalised('operator') }} as operator,
        case
            when {{ lead_scoring.normalised('operator') }} in ('is_empty', 'is_not_empty') then ''
            else coalesce({{ lead_scoring.trimmed('value') }}, '')
        end as value,
        {{ lead_scoring.number_of(lead_scoring.trimmed('value')) }} as number,
        cast(priority as integer) as priority,
        cast(log_odds as decimal(18, 6)) as log_odds,
        cast(leads as bigint) as leads
    from {{ ref('lead_scoring__prediction_bins') }}
),

bins_in_order as (
    select
        *,
        row_number() over (partition by prediction, feature order by priority) as place,
        max(
            case operator
                when 'lte' then number
                when 'is_not_empty' then cast({{ beyond_all }} as decimal(20, 2))
            end
        ) over (
            partition by prediction, feature
            order by priority rows between unbounded preceding and 1 preceding
        ) as above,
        case operator
            when 'lte' then number
            when 'is_not_empty' then cast({{ beyond_all }} as decimal(20, 2))
        end as until,
        max(log_odds) over (partition by prediction, feature)
        - min(log_odds) over (partition by prediction, feature) as span
    from bins
),

-- keys rise with priority (int_lead_scoring__prediction_parts takes the least that holds) and fall
-- with the feature's name (lead_likelihoods takes the greatest of equally strong ones)
final as (
    select
        -- ids
        row_number() over (
            order by features.prediction, features.feature desc, bins.place
        ) as bin_key,
        dense_rank() over (order by features.prediction, features.feature) as feature_key,
        features.prediction,
        features.feature,
        features.measure_key,
        -- strings
        features.measure,
        features.attribute,
        features.event_type,
        features.decay,
        bins.operator,
        bins.value,
        features.description || ' ' || case
            when bins.place is null then null
            when bins.operator = 'lte' and bins.above is not null
                then
                    'above ' || {{ lead_scoring.decimal_text('bins.above') }}
                    || ', at most ' || bins.value
            when bins.operator = 'is_not_empty' and bins.above is not null
                then 'above ' || {{ lead_scoring.decimal_text('bins.above') }}
            when bins.operator = 'is_not_empty' and bins.place > 1 then 'is anything else'
            else {{ lead_scoring.operator_in_words('bins.operator', 'bins.value') }}
        end as words,
        -- numerics
        features.within_days,
        bins.place,
        {%- for limit in ['above', 'until'] %}
        -- down to the decimals of what is measured: a number with so many is on the same side of it
        cast(
            case
                when bins.{{ limit }} >= {{ beyond_all }} then {{ beyond_all }}
                when bins.{{ limit }} <= -{{ beyond_all }} then -{{ beyond_all }}
                else floor(bins.{{ limit }} * 10000) * 0.0001
            end as decimal(18, 4)
        ) as {{ limit }},
        {%- endfor %}
        bins.log_odds,
        bins.span,
        bins.leads,
        -- flags
        coalesce(bins.leads < {{ fewest_leads }}, true) as is_unseen
    from features_with_key as features
    left join bins_in_order as bins
        on features.prediction = bins.prediction and features.feature = bins.feature
)

select * from final
