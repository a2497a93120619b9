with predictions as (
    select
        {{ lead_scoring.normalised('prediction') }} as prediction,
        {{ lead_scoring.normalised('foretells') }} as foretells,
        case {{ lead_scoring.normalised('moments') }}
            when 'creation'
                then 'created_plus_' || {{ lead_scoring.decimal_text('days') }} || '_days'
            else 'weekly'
        end as purpose,
        cast(days as integer) as days,
        cast(horizon_days as integer) as horizon_days,
        -- where leads are looked at month by month, so many months tell of one and the same answer
        case {{ lead_scoring.normalised('moments') }}
            when 'creation' then 1
            else greatest(1, cast(horizon_days as {{ lead_scoring.type_name('double') }}) / 30)
        end as months_of_answer,
        -- of the day of the latest moment of training, and of what was known of it then
        {{ lead_scoring.later('day', 1, lead_scoring.read_time(
            lead_scoring.trimmed('trained_until')
        )) }} as trained_until
    from {{ ref('lead_scoring__predictions') }}
),

stages as (
    select
        stages.*,
        identities.exists_from
    from {{ ref('int_lead_scoring__own_stages') }} as stages
    inner join {{ ref('stg_lead_scoring__lead_identities') }} as identities
        on stages.lead_id = identities.lead_id
    where stages.is_open
),

-- at the age that a prediction is for, or week by week from that age on
moments as (
    select
        likelihoods.prediction,
        likelihoods.probability as likelihood,
        stages.*,
        predictions.foretells,
        predictions.months_of_answer,
        predictions.trained_until,
        {{ lead_scoring.later('day', 'predictions.horizon_days', 'stages.as_of') }}
            as horizon_ends_at,
        {{ lead_scoring.later('day', 'predictions.horizon_days', 'predictions.trained_until') }}
            as trained_outcomes_until,
        cast({{ dbt.date_trunc('month', lead_scoring.reporting_day('stages.as_of')) }} as date)
            as month
    from {{ ref('int_lead_scoring__likelihoods') }} as likelihoods
    inner join predictions on likelihoods.prediction = predictions.prediction
    inner join stages on likelihoods.moment_key = stages.moment_key
    inner join {{ ref('int_lead_scoring__honest_instants') }} as instants
        on
            stages.lead_id = instants.lead_id
            and stages.as_of = instants.as_of
            and predictions.purpose = instants.purpose
    where stages.as_of >= {{ lead_scoring.later('day', 'predictions.days', 'stages.exists_from') }}
),

-- of the weeks of a month the first: each lead counts once in it
moments_in_order as (
    select
        *,
        row_number() over (partition by prediction, lead_key, month order by as_of) as place
    from moments
),

first_moments as (
    select * from moments_in_order
    where place = 1
),

activity_types as (
    select {{ lead_scoring.normalised('event_type') }} as event_type
    from {{ ref('lead_scoring__event_types') }}
    where is_activity
),

answers as (
    select
        lead_key,
        'won' as foretells,
        occurred_at,
        known_at
    from {{ ref('stg_lead_scoring__outcomes') }}
    where outcome = 'won' and quarantine_cause is null
    union all
    select
        identities.lead_key,
        'active' as foretells,
        events.occurred_at,
        events.known_at
    from {{ ref('stg_lead_scoring__events') }} as events
    inner join {{ ref('stg_lead_scoring__event_contents') }} as contents
        on events.content_key = contents.content_key
    inner join activity_types on contents.event_type = activity_types.event_type
    inner join {{ ref('stg_lead_scoring__lead_identities') }} as identities
        on events.lead_hash = identities.lead_hash
    where events.quarantine_cause is null and not coalesce(events.is_bot, false)
),

moments_with_answer as (
    select distinct
        moments.prediction,
        moments.moment_key
    from first_moments as moments
    inner join answers
        on
            moments.foretells = answers.foretells
            and moments.lead_key = answers.lead_key
            and moments.as_of < answers.occurred_at
            and moments.horizon_ends_at >= answers.occurred_at
    where answers.known_at <= {{ lead_scoring.as_of() }}
),

fates as (
    select
        moments.*,
        case
            when
                moments.exists_from < moments.trained_until
                and moments.as_of < moments.trained_outcomes_until
                then 'learnt from'
            when moments.horizon_ends_at > {{ lead_scoring.as_of() }} then 'horizon not over'
            when
                moments.foretells = 'won'
                and (
                    moments.as_of < outcome_record.recorded_from
                    or moments.horizon_ends_at > outcome_record.recorded_until
                )
                then 'outcomes not recorded then'
            when moments.likelihood is null then 'likelihood unknown'
            when moments_with_answer.moment_key is not null then 'came'
            else 'did not come'
        end as fate
    from first_moments as moments
    left join moments_with_answer
        on
            moments.prediction = moments_with_answer.prediction
            and moments.moment_key = moments_with_answer.moment_key
    cross join {{ ref('int_lead_scoring__outcome_record') }} as outcome_record
),

final as (
    select
        -- ids
        prediction,
        moment_key,
        lead_id,
        -- strings
        fate,
        -- numerics
        likelihood,
        total_score,
        months_of_answer,
        case when fate in ('came', 'did not come') then 1 else 0 end as known,
        case when fate = 'came' then 1 else 0 end as converted,
        -- times
        as_of,
        month
    from fates
)

select * from final
