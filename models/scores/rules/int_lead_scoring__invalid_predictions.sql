-- What is wrong with predictions: words and numbers, features and bins that do not fit each other,
-- bands that do not rise, and live ones that may not be live. Names and conditions are looked at
-- where those of rules are.
{%- set words = [
    ('predictions', 'status', ['live', 'challenger', 'off']),
    ('predictions', 'foretells', ['won', 'active']),
    ('predictions', 'moments', ['creation', 'weekly']),
    (
        'prediction_features',
        'measure',
        [
            'attribute', 'events', 'days', 'targets', 'sessions', 'recency', 'trend', 'age',
            'total',
        ],
    ),
] %}
{%- set numbers = [
    ('predictions', 'horizon_days', 'horizon_days >= 1 and horizon_days = round(horizon_days, 0)'),
    ('predictions', 'days', 'days >= 0 and days = round(days, 0)'),
    ('prediction_bins', 'priority', 'priority >= 0 and priority = round(priority, 0)'),
    ('prediction_bins', 'log_odds', 'abs(log_odds) <= 100 and log_odds = round(log_odds, 6)'),
    ('prediction_bins', 'leads', 'leads >= 0 and leads = round(leads, 0)'),
    ('prediction_calibration', 'leads', 'leads >= 0 and leads = round(leads, 0)'),
    ('prediction_calibration', 'won', 'won between 0 and leads'),
    (
        'prediction_calibration',
        'log_odds_until',
        'log_odds_until > log_odds_from and log_odds_until <= 100 and log_odds_from >= -100',
    ),
    (
        'prediction_calibration',
        'probability_until',
        'probability_until >= probability_from and probability_until <= 1'
        ~ ' and probability_from >= 0',
    ),
    (
        'prediction_features',
        'within_days',
        "coalesce(within_days >= 1 and within_days = round(within_days, 0), false) or"
        ~ " (within_days is null and coalesce(lower(measure), '') <> 'trend')",
    ),
] %}

with wrong_cells as (
    {%- for seed, column, known in words %}
    select
        '{{ seed }}' as seed,
        {{ lead_scoring.rule_row_key(seed) }} as row_key,
        '{{ column }}' as column_name,
        {{ column }} as value,
        'must be {{ known[:-1] | join(", ") }} or {{ known[-1] }}' as problem
    from {{ ref('lead_scoring__' ~ seed) }}
    where
        coalesce({{ lead_scoring.normalised(column) }}, '')
        not in ('{{ known | join("', '") }}')
    union all
    {%- endfor %}
    {%- for seed, column, condition in numbers %}
    select
        '{{ seed }}' as seed,
        {{ lead_scoring.rule_row_key(seed) }} as row_key,
        '{{ column }}' as column_name,
        {{ lead_scoring.decimal_text(column) }} as value,
        'must be a number that the contract allows here' as problem
    from {{ ref('lead_scoring__' ~ seed) }}
    where not coalesce({{ condition }}, false)
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

features as (
    select
        {{ lead_scoring.normalised('prediction') }} as prediction,
        {{ lead_scoring.normalised('feature') }} as feature,
        {{ lead_scoring.normalised('measure') }} as measure,
        {{ lead_scoring.normalised('attribute') }} as attribute,
        {{ lead_scoring.normalised('event_type') }} as event_type,
        {{ lead_scoring.normalised('decay') }} as decay,
        within_days
    from {{ ref('lead_scoring__prediction_features') }}
),

attributes as (
    select
        {{ lead_scoring.normalised('attribute') }} as attribute,
        {{ lead_scoring.normalised(lead_scoring.rule_column('of')) }} as subject,
        {{ lead_scoring.normalised('type') }} as type,
        {{ lead_scoring.normalised('known') }} as known
    from {{ ref('lead_scoring__attributes') }}
),

bins as (
    select
        {{ lead_scoring.normalised('prediction') }} as prediction,
        {{ lead_scoring.normalised('feature') }} as feature,
        {{ lead_scoring.normalised('operator') }} as operator,
        {{ lead_scoring.trimmed('value') }} as value,
        {{ lead_scoring.number_of(lead_scoring.trimmed('value')) }} as number,
        priority
    from {{ ref('lead_scoring__prediction_bins') }}
),

predictions_with_bins as (
    select distinct prediction from bins
),

features_with_bins as (
    select distinct
        prediction,
        feature
    from bins
),

wrong_features as (
    select
        'prediction_features' as seed,
        features.prediction || ', ' || features.feature as row_key,
        'attribute' as column_name,
        features.attribute as value,
        case
            when features.attribute = 'likelihood'
                then 'is what predictions foretell: it would turn in circles'
            when attributes.known = 'after_contact'
                then 'is known after contact alone: it would foretell what is known already'
            else 'is not in attributes as the measure needs it'
        end as problem
    from features
    left join attributes
        on
            features.attribute = attributes.attribute
            and case features.measure when 'total' then 'event' else 'lead' end = attributes.subject
            and (features.measure <> 'total' or attributes.type in ('number', 'whole'))
    where
        features.measure in ('attribute', 'total')
        and (
            attributes.attribute is null
            or attributes.attribute = 'likelihood'
            or attributes.known = 'after_contact'
        )
    union all
    select
        'prediction_features' as seed,
        prediction || ', ' || feature as row_key,
        'measure' as column_name,
        measure as value,
        'looks at none of what else the row names: leave that blank' as problem
    from features
    where
        (measure not in ('attribute', 'total') and attribute is not null)
        or (
            measure in ('attribute', 'age')
            and (event_type is not null or within_days is not null)
        )
        or (measure <> 'events' and decay is not null)
    union all
    select
        'prediction_features' as seed,
        features.prediction || ', ' || features.feature as row_key,
        'feature' as column_name,
        features.feature as value,
        case
            when features.feature = 'intercept' then 'is what every lead begins with'
            else 'has no bins: train the prediction again'
        end as problem
    from features
    inner join predictions_with_bins on features.prediction = predictions_with_bins.prediction
    left join features_with_bins
        on
            features.prediction = features_with_bins.prediction
            and features.feature = features_with_bins.feature
    where features_with_bins.feature is null or features.feature = 'intercept'
),

bins_of_features as (
    select
        bins.*,
        features.measure,
        count(*) over (partition by bins.prediction, bins.feature, bins.priority) as times,
        max(case when bins.operator = 'lte' then bins.number end) over (
            partition by bins.prediction, bins.feature
            order by bins.priority rows between unbounded preceding and 1 preceding
        ) as number_before,
        max(case when bins.operator = 'is_not_empty' then 1 else 0 end) over (
            partition by bins.prediction, bins.feature
            order by bins.priority rows between unbounded preceding and 1 preceding
        ) = 1 as is_all_taken
    from bins
    left join features
        on bins.prediction = features.prediction and bins.feature = features.feature
),

wrong_bins as (
    select
        'prediction_bins' as seed,
        prediction || ', ' || feature as row_key,
        case
            when measure is null then 'feature'
            when
                measure <> 'attribute'
                and coalesce(operator, '') not in ('lte', 'is_empty', 'is_not_empty')
                then 'operator'
            when measure <> 'attribute' and operator = 'lte' and number is null then 'value'
            else 'priority'
        end as column_name,
        case
            when measure is null then feature
            when
                measure <> 'attribute'
                and coalesce(operator, '') not in ('lte', 'is_empty', 'is_not_empty')
                then operator
            when measure <> 'attribute' and operator = 'lte' and number is null then value
            else {{ lead_scoring.decimal_text('priority') }}
        end as value,
        case
            when measure is null then 'is not in prediction_features for this prediction'
            when
                measure <> 'attribute'
                and coalesce(operator, '') not in ('lte', 'is_empty', 'is_not_empty')
                then 'must be lte, is_empty or is_not_empty'
            when measure <> 'attribute' and operator = 'lte' and number is null
                then 'cannot be read as number'
            when times > 1 then 'rows of the feature have this priority: keep one'
            else 'comes after a bin that takes all that this one would'
        end as problem
    from bins_of_features
    where
        measure is null
        or times > 1
        or (
            measure <> 'attribute'
            and coalesce(operator, '') not in ('lte', 'is_empty', 'is_not_empty')
        )
        or (measure <> 'attribute' and operator = 'lte' and number is null)
        or (
            coalesce(operator, '') <> 'is_empty'
            and (is_all_taken or (operator = 'lte' and number <= number_before))
        )
),

bands as (
    select
        {{ lead_scoring.normalised('prediction') }} as prediction,
        band,
        log_odds_from,
        probability_from,
        row_number() over (
            partition by {{ lead_scoring.normalised('prediction') }} order by band
        ) as place,
        lag(log_odds_until) over (
            partition by {{ lead_scoring.normalised('prediction') }} order by band
        ) as log_odds_before,
        lag(probability_until) over (
            partition by {{ lead_scoring.normalised('prediction') }} order by band
        ) as probability_before
    from {{ ref('lead_scoring__prediction_calibration') }}
),

wrong_bands as (
    select
        'prediction_calibration' as seed,
        prediction as row_key,
        'band' as column_name,
        {{ lead_scoring.decimal_text('band') }} as value,
        'bands are numbered from 1, begin where the one before ends, and never fall' as problem
    from bands
    where
        coalesce(band, 0) <> place
        or log_odds_from <> log_odds_before
        or probability_from < probability_before
),

wrong_approvals as (
    select
        'prediction_approvals' as seed,
        {{ lead_scoring.rule_row_key('prediction_approvals') }} as row_key,
        'approved_at' as column_name,
        approved_at as value,
        'is no time' as problem
    from {{ ref('lead_scoring__prediction_approvals') }}
    where {{ lead_scoring.read_time(lead_scoring.trimmed('approved_at')) }} is null
),

predictions as (
    select
        predictions.*,
        predictions_with_bins.prediction is not null as has_bins,
        sum(case when predictions.status = 'live' then 1 else 0 end) over (
            partition by predictions.scorecard
        ) as live_ones
    from {{ ref('int_lead_scoring__predictions') }} as predictions
    left join predictions_with_bins
        on predictions.prediction = predictions_with_bins.prediction
),

wrong_predictions as (
    select
        'predictions' as seed,
        prediction as row_key,
        case
            when has_bins and not is_as_trained then 'fingerprint'
            when has_bins and intercept is null then 'intercept'
            else 'status'
        end as column_name,
        case when has_bins and not is_as_trained then fingerprint else status end as value,
        case
            when has_bins and not is_as_trained
                then 'is the fingerprint of its rows: they were changed since it was trained'
            when has_bins and intercept is null then 'is blank: train the prediction again'
            when live_ones > 1 then 'several predictions are live for one scorecard: keep one'
            when not has_bins then 'is live, and the prediction has no bins'
            when approved_at is null
                then 'is live, and no approval names the prediction as it stands'
            else 'is live, and its gate does not hold: ' || gate_failures
        end as problem
    from predictions
    where
        (has_bins and (not is_as_trained or intercept is null))
        or (status = 'live' and (not has_bins or live_ones > 1 or not may_be_live))
),

final as (
    select * from wrong_cells
    union distinct
    select * from wrong_features
    union distinct
    select * from wrong_bins
    union distinct
    select * from wrong_bands
    union distinct
    select * from wrong_approvals
    union distinct
    select * from wrong_predictions
)

select * from final
