{{ config(materialized='kept', meta={'scope': 'scores', 'replaces': 'moments'}) }}

with own_scorecards as (
    select * from {{ lead_scoring.rows_to_score(ref('int_lead_scoring__moment_scorecards')) }}
    where is_own_scorecard
),

signals as (
    select
        {{ lead_scoring.normalised('signal') }} as signal,
        coalesce({{ lead_scoring.trimmed('description') }}, {{ lead_scoring.normalised('signal') }})
            as description
    from {{ ref('lead_scoring__signals') }}
),

ranked_reasons as (
    select
        reasons.moment_key,
        reasons.rule_key,
        reasons.signal,
        reasons.points,
        reasons.points > 0 as is_up,
        row_number() over (
            partition by reasons.moment_key, reasons.points > 0
            order by abs(reasons.points) desc, coalesce(rules.rule_id, reasons.signal || ':limit')
        ) as place
    from {{ lead_scoring.rows_to_score(ref('int_lead_scoring__reasons')) }} as reasons
    inner join own_scorecards
        on
            reasons.moment_key = own_scorecards.moment_key
            and reasons.scorecard = own_scorecards.scorecard
    left join {{ ref('int_lead_scoring__rules') }} as rules on reasons.rule_key = rules.rule_key
    where reasons.points <> 0
),

-- words are looked up for the few reasons that are kept
reasons_in_words as (
    select
        ranked_reasons.moment_key,
        ranked_reasons.is_up,
        ranked_reasons.place,
        coalesce(rule_words.words, 'Limit of ' || signals.description)
        || case when ranked_reasons.is_up then ' (+' else ' (' end
        || {{ lead_scoring.points_in_words('ranked_reasons.points') }} || ')' as words
    from ranked_reasons
    left join {{ ref('int_lead_scoring__rule_words') }} as rule_words
        on ranked_reasons.rule_key = rule_words.rule_key
    left join signals on ranked_reasons.signal = signals.signal
    where ranked_reasons.place <= 3
),

final as (
    select
        {%- for place in [1, 2, 3] %}
        max(case when is_up and place = {{ place }} then words end) as reason_up_{{ place }},
        max(case when not is_up and place = {{ place }} then words end) as reason_down_{{ place }},
        {%- endfor %}
        moment_key
    from reasons_in_words
    group by moment_key
)

select * from final
