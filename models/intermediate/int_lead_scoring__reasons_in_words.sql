{{ config(materialized='view') }}

with reasons as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__reasons')) }}
    where points <> 0
),

rule_words as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__rule_words')) }}
),

rules as (
    select
        rules.rule_key,
        rules.rule_id,
        rules.kind,
        rule_words.words
    from {{ lead_scoring.in_same_database(ref('int_lead_scoring__rules')) }} as rules
    inner join rule_words
        on rules.rule_key = rule_words.rule_key
),

signals as (
    select
        {{ lead_scoring.normalised('signal') }} as signal,
        {{ lead_scoring.normalised('dimension') }} as dimension,
        {{ lead_scoring.normalised('family') }} as family,
        coalesce({{ lead_scoring.trimmed('description') }}, {{ lead_scoring.normalised('signal') }})
            as description
    from {{ lead_scoring.in_same_database(ref('lead_scoring__signals')) }}
),

final as (
    select
        -- ids
        reasons.moment_key,
        reasons.scorecard,
        coalesce(rules.rule_id, reasons.signal || ':limit') as rule_id,
        -- strings
        coalesce(signals.dimension, 'engagement') as dimension,
        reasons.signal,
        coalesce(signals.family, rules.kind) as family,
        coalesce(rules.words, 'Limit of ' || signals.description) as reason,
        -- numerics
        reasons.points
    from reasons
    left join rules on reasons.rule_key = rules.rule_key
    left join signals on reasons.signal = signals.signal
)

select * from final
