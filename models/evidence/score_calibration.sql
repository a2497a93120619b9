with month_bands as (
    select * from {{ ref('int_lead_scoring__month_bands') }}
),

months as (
    select
        scorecard,
        month,
        sum(past_known_leads) as known_leads_before,
        sum(sum(known_leads)) over (partition by scorecard) as known_leads_in_all,
        lead(month) over (partition by scorecard order by month) as next_month
    from month_bands
    group by scorecard, month
    having sum(known_leads) > 0
),

-- the past ends with the month in which half of the known leads are reached, or before the last
past_months as (
    select
        scorecard,
        month
    from months
    where 2 * known_leads_before < known_leads_in_all and next_month is not null
),

past_and_recent as (
    select
        month_bands.scorecard,
        month_bands.band,
        {%- for count in ['known_leads', 'conversions'] %}
        sum(case when past_months.month is not null then month_bands.{{ count }} else 0 end)
            as past_{{ count }},
        sum(case when past_months.month is null then month_bands.{{ count }} else 0 end)
            as {{ count }},
        {%- endfor %}
        month_bands.band_from
    from month_bands
    left join past_months
        on
            month_bands.scorecard = past_months.scorecard
            and month_bands.month = past_months.month
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
