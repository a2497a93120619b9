with cut_offs as (
    select * from {{ ref('int_lead_scoring__cut_offs') }}
),

cut_offs_for_mql as (
    select
        scorecard,
        max(case when recall >= 0.8 then cut_off end) as mql_cut_off,
        max(case when recall >= 0.5 then cut_off end) as half_cut_off,
        min(case when leads_per_week <= weekly_capacity then cut_off end) as capacity_cut_off,
        max(weekly_capacity) as weekly_capacity
    from cut_offs
    where fewer_outcomes >= 40
    group by scorecard
),

-- sales gets what it can take, but nothing below mql; where rules disqualify more than a fifth of
-- the conversions, no cut-off keeps enough
final as (
    select
        scorecard,
        mql_cut_off,
        greatest(mql_cut_off, case
            when weekly_capacity is null then half_cut_off
            else coalesce(capacity_cut_off, 100)
        end) as sql_cut_off
    from cut_offs_for_mql
    where mql_cut_off is not null
)

select * from final
