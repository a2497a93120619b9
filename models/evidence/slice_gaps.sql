with leads as (
    select
        traits.attribute,
        traits.value,
        leads_expected.*
    from {{ ref('int_lead_scoring__traits') }} as traits
    inner join {{ ref('int_lead_scoring__leads_expected') }} as leads_expected
        on traits.moment_key = leads_expected.moment_key
    where traits.attribute in ('region', 'company_size', 'email_type')
),

areas as (
    {{ lead_scoring.areas_under_curve('leads', ['attribute', 'value']) }}
),

slices as (
    select
        attribute,
        value,
        count(*) as leads,
        {{ lead_scoring.ratio('sum(total_score)', 'count(*)') }} as mean_score,
        {{ lead_scoring.ratio('sum(is_mql)', 'count(*)') }} as mql_share,
        {{ lead_scoring.known_outcomes('known', 'converted') }},
        sum(expected) as expected_conversions,
        sum(expected_variance) as expected_variance
    from leads
    group by attribute, value
),

final as (
    select
        -- ids
        slices.attribute,
        slices.value,
        -- strings
        {{ lead_scoring.purpose_column() }},
        -- by more than chance would do in one case of a hundred
        case
            when slices.known_leads < 40 then 'too few to say'
            when
                slices.conversions - slices.expected_conversions
                > greatest(
                    1, {{ lead_scoring.normal_quantile(99) }} * sqrt(slices.expected_variance)
                )
                then 'scored too low'
            when
                slices.expected_conversions - slices.conversions
                > greatest(
                    1, {{ lead_scoring.normal_quantile(99) }} * sqrt(slices.expected_variance)
                )
                then 'scored too high'
            else 'no difference'
        end as verdict,
        -- numerics
        cast(slices.leads as bigint) as leads,
        slices.mean_score,
        slices.mql_share,
        cast(slices.known_leads as bigint) as known_leads,
        cast(slices.conversions as bigint) as conversions,
        slices.conversion_rate,
        slices.rate_low,
        slices.rate_high,
        {{ lead_scoring.ratio('expected_conversions', 'known_leads') }} as expected_rate,
        {{ lead_scoring.ratio('(conversions - expected_conversions)', 'known_leads') }} as gap,
        areas.auc
    from slices
    left join areas on slices.attribute = areas.attribute and slices.value = areas.value
)

select * from final
