{{ config(materialized='view') }}

-- The points of each score, reason by reason (contract, section 4: reasons add up).
with reasons as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__reasons')) }}
    where points <> 0
),

reason_texts as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__reason_texts')) }}
),

signals as (
    select
        {{ lead_scoring.normalised('signal') }} as signal,
        {{ lead_scoring.normalised('dimension') }} as dimension,
        {{ lead_scoring.normalised('family') }} as family
    from {{ lead_scoring.in_same_database(ref('lead_scoring__signals')) }}
),

moments as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__moments')) }}
),

final as (
    select
        -- ids
        moments.lead_id,
        reasons.scorecard,
        coalesce(texts_of_rules.reason_id, texts_of_limits.reason_id) as rule_id,
        -- strings
        coalesce(signals.dimension, 'engagement') as dimension,
        reasons.signal,
        coalesce(signals.family, 'inactivity') as family,
        coalesce(texts_of_rules.words, texts_of_limits.words) as reason,
        -- numerics
        reasons.points,
        -- times
        moments.as_of
    from reasons
    inner join moments on reasons.moment_key = moments.moment_key
    left join reason_texts as texts_of_rules on reasons.rule_key = texts_of_rules.rule_key
    left join reason_texts as texts_of_limits
        on
            case when reasons.rule_key is null then reasons.signal end
            = texts_of_limits.limited_signal
    left join signals on reasons.signal = signals.signal
)

select * from final
