with leads as (
    select
        *,
        {{ lead_scoring.is_held_out('lead_id') }} as is_held_out
    from {{ ref('int_lead_scoring__leads_expected') }}
),

groups_of_leads as (
    select
        band,
        band_from,
        is_held_out,
        count(*) as leads,
        sum(is_contacted) as contacted_leads,
        sum(has_outcome) as leads_with_outcome,
        {{ lead_scoring.known_outcomes('known', 'converted') }},
        sum(known * is_contacted) as contacted_known_leads,
        sum(converted * is_contacted) as contacted_conversions
    from leads
    group by band, band_from, is_held_out
),

final as (
    select
        -- ids
        band,
        is_held_out,
        -- strings
        {{ lead_scoring.purpose_column() }},
        -- numerics
        band_from,
        {%- for count in ['leads', 'contacted_leads', 'leads_with_outcome'] %}
        cast({{ count }} as bigint) as {{ count }},
        {%- endfor %}
        {{ lead_scoring.ratio('contacted_leads', 'leads') }} as contacted_share,
        {{ lead_scoring.ratio('leads_with_outcome', 'leads') }} as outcome_share,
        cast(known_leads as bigint) as known_leads,
        cast(conversions as bigint) as conversions,
        conversion_rate,
        rate_low,
        rate_high,
        cast(contacted_known_leads as bigint) as contacted_known_leads,
        {{ lead_scoring.ratio('contacted_conversions', 'contacted_known_leads') }}
            as contacted_conversion_rate
    from groups_of_leads
)

select * from final
