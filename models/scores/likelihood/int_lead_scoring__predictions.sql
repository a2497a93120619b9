-- Each prediction that is not off, and what a live one rests on (contract, section 4: likelihood;
-- decision 28). The fingerprint, which approvals name, is of the prediction's rows in four tables:
-- of each row the name of the table and its cells that are not blank, as '; column cell' (numbers
-- without idle zeros, texts without outer blanks), then the MD5 of each such text in hexadecimal
-- digits, then the MD5 of these in the order of the alphabet, one behind the other.
-- Fingerprint, approval and gate stand in one model, since training, approvals and the check of
-- rules ask it alone, of rows that no run has built: cut in three they would build all three.
{%- set columns_of_tables = {
    'predictions': [
        'prediction', 'scorecard', 'foretells', 'horizon_days', 'moments', 'days', 'trained_from',
        'trained_until', 'leads_with', 'leads_without', 'intercept', 'mean_amount', 'auc',
        'auc_low', 'auc_high', 'scorecard_auc', 'calibration_slope', 'calibration_error',
        'leaking', 'slices_off',
    ],
    'prediction_features': [
        'prediction', 'feature', 'measure', 'attribute', 'event_type', 'within_days', 'decay',
    ],
    'prediction_bins': [
        'prediction', 'feature', 'priority', 'operator', 'value', 'log_odds', 'leads',
    ],
    'prediction_calibration': [
        'prediction', 'band', 'log_odds_from', 'log_odds_until', 'probability_from',
        'probability_until', 'leads', 'won', 'median_days',
    ],
} %}
{%- set texts = [
    'prediction', 'scorecard', 'foretells', 'moments', 'trained_from', 'trained_until', 'feature',
    'measure', 'attribute', 'event_type', 'decay', 'operator', 'value',
] %}
{#- what is not known does not hold #}
{%- set gate = [
    ('leads_with >= 100', 'fewer than 100 leads with the outcome'),
    ('leads_without >= 100', 'fewer than 100 leads without the outcome'),
    ('auc_low > 0.5', 'it does not surely rank better than a coin'),
    (
        'auc_low > scorecard_auc or reason is not null',
        'it does not surely rank better than the scorecard, and no reason is given',
    ),
    ('calibration_slope between 0.8 and 1.25', 'its calibration slope is not from 0.8 to 1.25'),
    ('leaking = 0', 'a feature seems to know the outcome already'),
    ('slices_off = 0 or reason is not null', 'a slice of leads is off, and no reason is given'),
] %}

with row_texts as (
    {%- for seed, columns in columns_of_tables.items() %}
    select distinct
        {{ lead_scoring.normalised('prediction') }} as prediction,
        '{{ seed }}'
        {%- for column in columns %}
        {%- set cell = 'nullif(' ~ lead_scoring.trimmed(column) ~ ", '')" if column in texts
            else lead_scoring.decimal_text(column) %}
        || coalesce('; {{ column }} ' || {{ cell }}, '')
        {%- endfor %} as row_text
    from {{ ref('lead_scoring__' ~ seed) }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

row_hashes as (
    select
        prediction,
        {{ lead_scoring.text_hash('row_text') }} as row_hash
    from row_texts
),

fingerprints as (
    select
        prediction,
        {{ lead_scoring.text_hash(lead_scoring.ordered_texts('row_hash', "''", 'row_hash')) }}
            as fingerprint
    from row_hashes
    group by prediction
),

approvals as (
    select
        {{ lead_scoring.normalised('prediction') }} as prediction,
        {{ lead_scoring.normalised('fingerprint') }} as fingerprint,
        {{ lead_scoring.trimmed('approved_by') }} as approved_by,
        {{ lead_scoring.trimmed('purpose') }} as purpose,
        nullif({{ lead_scoring.trimmed('reason') }}, '') as reason,
        {{ lead_scoring.read_time(lead_scoring.trimmed('approved_at')) }} as approved_at
    from {{ ref('lead_scoring__prediction_approvals') }}
),

approvals_latest_first as (
    select
        *,
        row_number() over (
            partition by prediction, fingerprint order by approved_at desc, approved_by
        ) as recency
    from approvals
    where approved_at is not null
),

predictions as (
    select
        {{ lead_scoring.normalised('given.prediction') }} as prediction,
        {{ lead_scoring.normalised('given.scorecard') }} as scorecard,
        {{ lead_scoring.normalised('given.status') }} as status,
        {{ lead_scoring.normalised('given.foretells') }} as foretells,
        {{ lead_scoring.normalised('given.fingerprint') }} as trained_fingerprint,
        fingerprints.fingerprint,
        approvals.approved_by,
        approvals.purpose,
        approvals.reason,
        given.horizon_days,
        given.days as first_age,
        case {{ lead_scoring.normalised('given.moments') }} when 'weekly' then 364 else 30 end
            as later_ages,
        given.leads_with,
        given.leads_without,
        given.intercept,
        given.mean_amount,
        given.auc_low,
        given.scorecard_auc,
        given.calibration_slope,
        given.leaking,
        given.slices_off,
        approvals.approved_at
    from {{ ref('lead_scoring__predictions') }} as given
    inner join fingerprints
        on {{ lead_scoring.normalised('given.prediction') }} = fingerprints.prediction
    left join approvals_latest_first as approvals
        on
            fingerprints.prediction = approvals.prediction
            and fingerprints.fingerprint = approvals.fingerprint
            and approvals.recency = 1
    where coalesce({{ lead_scoring.normalised('given.status') }}, '') <> 'off'
),

gate_failures as (
    {%- for condition, words in gate %}
    select
        prediction,
        {{ loop.index }} as place,
        '{{ words }}' as words
    from predictions
    where not coalesce({{ condition }}, false)
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

failures_of_predictions as (
    select
        prediction,
        {{ lead_scoring.ordered_texts('words', "'; '", 'place') }} as words
    from gate_failures
    group by prediction
),

final as (
    select
        -- ids
        predictions.prediction,
        predictions.scorecard,
        predictions.fingerprint,
        -- strings
        predictions.status,
        predictions.foretells,
        predictions.approved_by,
        predictions.purpose,
        failures.words as gate_failures,
        -- numerics
        cast(predictions.horizon_days as integer) as horizon_days,
        cast(predictions.first_age as integer) as first_age,
        cast(predictions.first_age + predictions.later_ages as integer) as last_age,
        cast(predictions.intercept as decimal(18, 6)) as intercept,
        cast(predictions.mean_amount as decimal(18, 4)) as mean_amount,
        -- flags
        coalesce(predictions.leads_with >= 100 and predictions.leads_without >= 100, false)
            as has_enough_leads,
        coalesce(predictions.fingerprint = predictions.trained_fingerprint, false)
            as is_as_trained,
        coalesce(
            predictions.status = 'live'
            and predictions.fingerprint = predictions.trained_fingerprint
            and predictions.approved_at is not null
            and failures.words is null,
            false
        ) as may_be_live,
        -- times
        predictions.approved_at
    from predictions
    left join failures_of_predictions as failures
        on predictions.prediction = failures.prediction
)

select * from final
