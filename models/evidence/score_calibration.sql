with month_bands as (
    select * from {{ ref('int_lead_scoring__month_bands') }}
),

-- the past ends with the month in which half of the known leads are reached, or before the last
months as (
    select
        scorecard,
        month,
        2 * sum(past_known_leads) < sum(sum(known_leads)) over (partition by scorecard)
        and lead(month) over (partition by scorecard order by month) is not null as is_past
    from month_bands
    group by scorecard, month
    having sum(known_leads) > 0
),

past_and_recent as (
    select
        month_bands.scorecard,
        month_bands.band,
        {%- for count in ['known_leads', 'conversions'] %}
        sum(case when months.is_past then month_bands.{{ count }} else 0 end) as past_{{ count }},
        sum(case when months.is_past then 0 else month_bands.{{ count }} end) as {{ count }},
        {%- endfor %}
        month_bands.band_from
    from month_bands
    left join months
        on month_bands.scorecard = months.scorecard and month_bands.month = months.month
    group by month_bands.scorecard, month_bands.band, month_bands.band_from
),

bands_with_expected_rate as (
    {{ lead_scoring.expected_rates('past_and_recent', ['scorecard']) }}
),

bands as (
    select
        *,
        {{ lead_scoring.wilson_bound('conversions', 'known_leads', 'low') }} as rate_low,
        {{ lead_scoring.wilson_bound('conversions', 'known_leads', 'high') }} as rate_high
    from bands_with_expected_rate
),

final as (
    select
        -- ids
        scorecard,
        band,
        -- strings
        {{ lead_scoring.purpose_column() }},
        case
            when expected_rate is null then 'unknown: all instants lie in one month'
            when known_leads < 10 then 'unknown: fewer than 10 leads'
            when expected_rate < rate_low then 'more conversions than the past had'
            when expected_rate > rate_high then 'fewer conversions than the past had'
            else 'as the past had'
        end as verdict,
        -- numerics
        band_from,
        cast(past_known_leads as bigint) as past_leads,
        cast(past_conversions as bigint) as past_conversions,
        {{ lead_scoring.statistic('expected_rate') }} as expected_rate,
        cast(known_leads as bigint) as recent_leads,
        cast(conversions as bigint) as recent_conversions,
        {{ lead_scoring.statistic('known_leads * expected_rate') }} as expected_conversions,
        {{ lead_scoring.ratio('conversions', 'known_leads') }} as actual_rate,
        rate_low,
        rate_high
    from bands
)

select * from final
