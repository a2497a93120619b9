with placed_outcomes as (
    select
        *,
        row_number() over (
            partition by scorecard, band, band_from
            order by case when days_to_win is null then 1 else 0 end, days_to_win, moment_key
        ) as place,
        count(days_to_win) over (partition by scorecard, band, band_from) as wins
    from {{ ref('int_lead_scoring__scored_outcomes') }}
),

bands as (
    select
        scorecard,
        band,
        band_from,
        count(*) as leads,
        sum(case when fate = 'lost' then 1 else 0 end) as lost_leads,
        sum(case when fate = 'open' then 1 else 0 end) as open_leads,
        sum(1 - known) as censored_leads,
        {{ lead_scoring.known_outcomes('known', 'converted') }},
        sum(sum(known)) over (partition by scorecard) as known_leads_of_all,
        sum(sum(converted)) over (partition by scorecard) as conversions_of_all,
        sum(won_amount) as won_amount,
        {{ lead_scoring.ratio('sum(days_to_win)', 'count(days_to_win)') }} as mean_days_to_win,
        {{ lead_scoring.percentile('days_to_win', 0.5, 'place', 'wins') }} as median_days_to_win
    from placed_outcomes
    group by scorecard, band, band_from
),

final as (
    select
        -- ids
        scorecard,
        band,
        -- strings
        {{ lead_scoring.purpose_column() }},
        -- numerics
        band_from,
        case band_from when -1 then -1 when 90 then 100 else band_from + 9 end as band_to,
        {%- for count in [
            'leads', 'known_leads', 'conversions', 'lost_leads', 'open_leads', 'censored_leads',
        ] %}
        cast({{ count }} as bigint) as {{ count }},
        {%- endfor %}
        conversion_rate,
        rate_low,
        rate_high,
        {{ lead_scoring.ratio(
            'conversions * known_leads_of_all', '(known_leads * conversions_of_all)'
        ) }} as lift,
        cast(won_amount as decimal(28, 2)) as won_amount,
        mean_days_to_win,
        median_days_to_win
    from bands
)

select * from final
