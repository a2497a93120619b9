with rules as (
    select * from {{ ref('int_lead_scoring__rules') }}
),

rule_words as (
    select * from {{ ref('int_lead_scoring__rule_words') }}
),

signals as (
    select
        {{ lead_scoring.normalised('signal') }} as signal,
        coalesce(
            {{ lead_scoring.trimmed('description') }}, {{ lead_scoring.normalised('signal') }}
        ) as description
    from {{ ref('lead_scoring__signals') }}
),

final as (
    select
        rules.rule_key,
        cast(null as {{ dbt.type_string() }}) as limited_signal,
        rules.rule_id as reason_id,
        rule_words.words
    from rules
    inner join rule_words on rules.rule_key = rule_words.rule_key
    union all
    select
        null as rule_key,
        signal as limited_signal,
        signal || ':limit' as reason_id,
        'Limit of ' || description as words
    from signals
)

select * from final
