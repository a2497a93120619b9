with leads as (
    select
        traits.value as lead_source,
        leads_expected.*
    from {{ ref('int_lead_scoring__traits') }} as traits
    inner join {{ ref('int_lead_scoring__leads_expected') }} as leads_expected
        on traits.moment_key = leads_expected.moment_key
    where traits.attribute = 'lead_source'
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
        sum(sum(known)) over () as known_leads_of_all,
        sum(sum(converted)) over () as conversions_of_all,
        sum(won_amount) as won_amount,
        sum(expected) as expected_conversions
    from leads
    group by lead_source
),

final as (
    select
        -- ids
        lead_source,
        -- strings
        {{ lead_scoring.purpose_column() }},
        case
            when known_leads < 40 then 'too few to say'
            when rate_low * known_leads_of_all > conversions_of_all then 'better than average'
            when rate_high * known_leads_of_all < conversions_of_all then 'worse than average'
            else 'no difference'
        end as verdict,
        -- numerics
        cast(leads as bigint) as leads,
        mean_score,
        mean_fit_score,
        mql_share,
        contacted_share,
        cast(known_leads as bigint) as known_leads,
        cast(conversions as bigint) as conversions,
        conversion_rate,
        rate_low,
        rate_high,
        {{ lead_scoring.ratio(
            'conversions * known_leads_of_all', '(known_leads * conversions_of_all)'
        ) }} as lift,
        cast(won_amount as decimal(28, 2)) as won_amount,
        cast(round(won_amount / nullif(known_leads, 0), 2) as decimal(28, 2)) as amount_per_lead,
        {{ lead_scoring.statistic('expected_conversions') }} as expected_conversions
    from sources
)

select * from final
