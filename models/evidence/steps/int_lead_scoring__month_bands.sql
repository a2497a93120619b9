with scored_outcomes as (
    select * from {{ ref('int_lead_scoring__scored_outcomes') }}
),

months as (
    select distinct
        scorecard,
        month
    from scored_outcomes
),

bands as (
    select distinct
        scorecard,
        band,
        band_from
    from scored_outcomes
),

counts as (
    select
        scorecard,
        month,
        band,
        count(*) as leads,
        sum(known) as known_leads,
        sum(converted) as conversions
    from scored_outcomes
    group by scorecard, month, band
),

every_month_and_band as (
    select
        months.scorecard,
        months.month,
        bands.band,
        bands.band_from,
        coalesce(counts.leads, 0) as leads,
        coalesce(counts.known_leads, 0) as known_leads,
        coalesce(counts.conversions, 0) as conversions
    from months
    inner join bands on months.scorecard = bands.scorecard
    left join counts
        on
            months.scorecard = counts.scorecard
            and months.month = counts.month
            and bands.band = counts.band
),

final as (
    select
        -- ids
        scorecard,
        month,
        band,
        -- numerics
        {%- for count in ['leads', 'known_leads', 'conversions'] %}
        cast({{ count }} as bigint) as {{ count }},
        cast(coalesce(sum({{ count }}) over (
            partition by scorecard, band order by month
            rows between unbounded preceding and 1 preceding
        ), 0) as bigint) as past_{{ count }},
        {%- endfor %}
        band_from
    from every_month_and_band
)

select * from final
