with scored_outcomes as (
    select * from {{ ref('int_lead_scoring__scored_outcomes') }}
),

scorecards as (
    select
        scorecard,
        sum(known) as known_leads,
        sum(converted) as conversions
    from scored_outcomes
    group by scorecard
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
        sum(won_amount) as won_amount,
        {{ lead_scoring.ratio('sum(days_to_win)', 'count(days_to_win)') }} as mean_days_to_win,
        {{ lead_scoring.percentile('days_to_win', 0.5) }} as median_days_to_win
    from scored_outcomes
    group by scorecard, band, band_from
),

final as (
    select
        -- ids
        bands.scorecard,
        bands.band,
        -- strings
        {{ lead_scoring.purpose_column() }},
        -- numerics
        bands.band_from,
        case bands.band_from when -1 then -1 when 90 then 100 else bands.band_from + 9 end
            as band_to,
        {%- for count in [
            'leads', 'known_leads', 'conversions', 'lost_leads', 'open_leads', 'censored_leads',
        ] %}
        cast(bands.{{ count }} as bigint) as {{ count }},
        {%- endfor %}
        bands.conversion_rate,
        bands.rate_low,
        bands.rate_high,
        {{ lead_scoring.lift_of('bands', 'scorecards') }} as lift,
        cast(bands.won_amount as decimal(18, 2)) as won_amount,
        bands.mean_days_to_win,
        bands.median_days_to_win
    from bands
    inner join scorecards on bands.scorecard = scorecards.scorecard
)

select * from final
