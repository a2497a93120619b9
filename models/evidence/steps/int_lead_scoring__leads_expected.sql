with scored_outcomes as (
    select * from {{ ref('int_lead_scoring__scored_outcomes') }}
    where scorecard = '*'
),

bands as (
    select
        band,
        conversions,
        known_leads
    from {{ ref('score_band_outcomes') }}
    where scorecard = '*'
),

sales_words as (
    select * from {{ ref('int_lead_scoring__sales_words') }}
),

final as (
    select
        -- ids
        scored_outcomes.moment_key,
        scored_outcomes.lead_key,
        scored_outcomes.lead_id,
        scored_outcomes.scored_by,
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
        case
            when scored_outcomes.known = 1
                then {{ lead_scoring.ratio('bands.conversions', 'bands.known_leads') }}
            else 0
        end as expected,
        case
            when scored_outcomes.known = 1
                then {{ lead_scoring.statistic(
                    'cast(bands.conversions as double precision)'
                    ~ ' * (bands.known_leads - bands.conversions)'
                    ~ ' / nullif(bands.known_leads * bands.known_leads, 0)'
                ) }}
            else 0
        end as expected_variance,
        case when scored_outcomes.is_mql then 1 else 0 end as is_mql,
        case when coalesce(sales_words.is_contacted, false) then 1 else 0 end as is_contacted,
        case when sales_words.lead_key is null then 0 else 1 end as has_outcome
    from scored_outcomes
    inner join bands on scored_outcomes.band = bands.band
    left join sales_words on scored_outcomes.lead_key = sales_words.lead_key
)

select * from final
