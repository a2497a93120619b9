with rule_weights as (
    select
        *,
        conversions_with + conversions_without as conversions,
        others_with + others_without as others
    from {{ ref('int_lead_scoring__rule_weights') }}
),

-- how conversions and others divide into those with the rule and those without
shares as (
    select
        *,
        {{ lead_scoring.half_more('conversions_with') }} / (conversions + 1) as share_with,
        {{ lead_scoring.half_more('conversions_without') }} / (conversions + 1) as share_without,
        {{ lead_scoring.half_more('others_with') }} / (others + 1) as share_of_others_with,
        {{ lead_scoring.half_more('others_without') }} / (others + 1) as share_of_others_without
    from rule_weights
),

judged_rules as (
    select
        rules.*,
        rule_overlaps.most_overlapping_rule,
        rule_overlaps.overlap,
        suggestions.suggested_points,
        suggestions.current_weight,
        rules.weight - rules.weight_spread as weight_low,
        rules.weight + rules.weight_spread as weight_high,
        (rules.share_with - rules.share_of_others_with)
        * ln(rules.share_with / rules.share_of_others_with)
        + (rules.share_without - rules.share_of_others_without)
        * ln(rules.share_without / rules.share_of_others_without) as information_value,
        uses.leads_ever_with,
        uses.share_ever_with,
        uses.is_refused,
        uses.is_dead
    from shares as rules
    inner join {{ ref('int_lead_scoring__rule_uses') }} as uses
        on rules.scorecard = uses.scorecard and rules.rule_id = uses.rule_id
    left join {{ ref('int_lead_scoring__rule_suggestions') }} as suggestions
        on rules.scorecard = suggestions.scorecard and rules.rule_id = suggestions.rule_id
    left join {{ ref('int_lead_scoring__rule_overlaps') }} as rule_overlaps
        on rules.scorecard = rule_overlaps.scorecard and rules.rule_id = rule_overlaps.rule_id
),

rules_with_harm as (
    select
        *,
        coalesce(confidence <> 'none' and (
            (advantage > 0 and weight_high < 0) or (advantage < 0 and weight_low > 0)
        ), false) as is_harmful
    from judged_rules
),

final as (
    select
        -- ids
        rules.scorecard,
        rules.rule_id,
        -- strings
        {{ lead_scoring.purpose_column() }},
        rules.kind,
        case when rules.kind = 'fit' then 'fit' else 'engagement' end as dimension,
        rules.signal,
        reason_texts.words as rule_words,
        rules.most_overlapping_rule,
        rules.confidence,
        -- more or fewer points only where those in use lie outside of the interval of the evidence
        case
            when rules.is_refused then 'refused'
            when rules.is_dead then 'dead'
            when rules.is_harmful then 'harmful'
            when rules.suggested_points is null then 'unknown'
            when
                rules.confidence = 'enough' and rules.information_value < 0.02
                and rules.rules_of_group = 1 and rules.weight_low <= 0 and rules.weight_high >= 0
                then case when rules.current_points = 0 then 'keep' else 'drop' end
            when
                rules.suggested_points > rules.current_points
                and rules.weight_low > rules.current_weight
                then 'raise'
            when
                rules.suggested_points < rules.current_points
                and rules.weight_high < rules.current_weight
                then 'lower'
            else 'keep'
        end as verdict,
        -- numerics
        {%- for count in ['leads', 'leads_with', 'conversions_with', 'leads_without',
            'conversions_without'] %}
        cast(rules.{{ count }} as bigint) as {{ count }},
        {%- endfor %}
        cast(rules.rules_of_group as bigint) as rules_of_group,
        cast(rules.leads_ever_with as bigint) as leads_ever_with,
        rules.share_ever_with,
        {{ lead_scoring.ratio('rules.leads_with', 'rules.leads') }} as share_of_leads,
        {{ lead_scoring.ratio('conversions_with', 'leads_with') }} as rate_with,
        {{ lead_scoring.wilson_bound('conversions_with', 'leads_with', 'low') }} as rate_with_low,
        {{ lead_scoring.wilson_bound('conversions_with', 'leads_with', 'high') }} as rate_with_high,
        {{ lead_scoring.ratio('conversions_without', 'leads_without') }} as rate_without,
        {{ lead_scoring.ratio('conversions_with * leads', '(leads_with * conversions)') }} as lift,
        {{ lead_scoring.statistic('rules.weight') }} as weight_of_evidence,
        {{ lead_scoring.statistic('rules.weight_low') }} as weight_low,
        {{ lead_scoring.statistic('rules.weight_high') }} as weight_high,
        {{ lead_scoring.statistic('rules.information_value') }} as information_value,
        rules.overlap,
        rules.current_points,
        {{ lead_scoring.statistic('rules.mean_points', 18) }} as mean_points,
        {{ lead_scoring.statistic('rules.advantage', 18) }} as advantage,
        rules.suggested_points,
        -- flags
        rules.is_refused,
        rules.is_dead,
        rules.is_harmful
    from rules_with_harm as rules
    inner join {{ ref('int_lead_scoring__reason_texts') }} as reason_texts
        on rules.rule_key = reason_texts.rule_key
)

select * from final
