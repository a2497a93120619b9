with leads as (
    select
        traits.value as lead_source,
        leads_expected.*
    from {{ ref('int_lead_scoring__traits') }} as traits
    inner join {{ ref('int_lead_scoring__leads_expected') }} as leads_expected
        on traits.moment_key = leads_expected.moment_key
    where traits.attribute = 'lead_source'
),

totals as (
    select
        sum(known) as known_leads,
        sum(converted) as conversions
    from leads
),

sources as (
    select
        lead_source,
        count(*) as leads,
        {{ lead_scoring.ratio('sum(total_score)', 'count(*)') }} as mean_score,
        {{ lead_scoring.ratio('sum(fit_score)', 'count(*)') }} as mean_fit_score,
        {{ lead_scoring.ratio('sum(is_mql)', 'count(*)') }} as mql_share,
        {{ lead_scoring.ratio('sum(is_contacted)', 'count(*)') }} as contacted_share,
        {{ lead_scoring.known_outcomes('known', 'converted') }},
        sum(won_amount) as won_amount,
        sum(expected) as expected_conversions
    from leads
    group by lead_source
),

final as (
    select
        -- ids
        sources.lead_source,
        -- strings
        {{ lead_scoring.purpose_column() }},
        case
            when sources.known_leads < 40 then 'too few to say'
            when
                sources.rate_low * totals.known_leads > totals.conversions
                then 'better than average'
            when
                sources.rate_high * totals.known_leads < totals.conversions
                then 'worse than average'
            else 'no difference'
        end as verdict,
        -- numerics
        cast(sources.leads as bigint) as leads,
        sources.mean_score,
        sources.mean_fit_score,
        sources.mql_share,
        sources.contacted_share,
        cast(sources.known_leads as bigint) as known_leads,
        cast(sources.conversions as bigint) as conversions,
        sources.conversion_rate,
        sources.rate_low,
        sources.rate_high,
        {{ lead_scoring.lift_of('sources', 'totals') }} as lift,
        cast(sources.won_amount as decimal(18, 2)) as won_amount,
        cast(round(sources.won_amount / nullif(sources.known_leads, 0), 2) as decimal(18, 2))
            as amount_per_lead,
        {{ lead_scoring.statistic('sources.expected_conversions') }} as expected_conversions
    from sources
    cross join totals
)

select * from final
