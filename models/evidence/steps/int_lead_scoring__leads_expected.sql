with band_outcomes as (
    select
        band,
        cast(known_leads as {{ lead_scoring.type_name('double') }}) as leads,
        cast(conversions as {{ lead_scoring.type_name('double') }}) as conversions
    from {{ ref('score_band_outcomes') }}
    where scorecard = '*' and known_leads > 0
),

bands as (
    select
        band,
        cast(
            {{ lead_scoring.rounded('conversions / leads', 12) }}
            as {{ lead_scoring.type_name('decimal', 28, 12) }}
        ) as rate,
        cast({{ lead_scoring.rounded(
            'conversions * (leads - conversions) / power(leads, 2)', 12
        ) }} as {{ lead_scoring.type_name('decimal', 28, 12) }}) as variance
    from band_outcomes
),

final as (
    select
        -- ids
        scored_outcomes.moment_key,
        scored_outcomes.lead_id,
        -- strings
        scored_outcomes.band,
        -- numerics
        scored_outcomes.band_from,
        scored_outcomes.ranking_score,
        scored_outcomes.total_score,
        scored_outcomes.fit_score,
        scored_outcomes.known,
        scored_outcomes.converted,
        scored_outcomes.won_amount,
        -- what the band converts at, and how far one lead can be off by chance
        case when scored_outcomes.known = 1 then bands.rate else 0 end as expected,
        case when scored_outcomes.known = 1 then bands.variance else 0 end as expected_variance,
        case when scored_outcomes.is_mql then 1 else 0 end as is_mql,
        case when coalesce(sales_words.is_contacted, false) then 1 else 0 end as is_contacted,
        case when sales_words.lead_key is null then 0 else 1 end as has_outcome
    from {{ ref('int_lead_scoring__scored_outcomes') }} as scored_outcomes
    left join bands on scored_outcomes.band = bands.band
    left join {{ ref('int_lead_scoring__sales_words') }} as sales_words
        on scored_outcomes.lead_key = sales_words.lead_key
    where scored_outcomes.scorecard = '*'
)

select * from final
