with cut_offs as (
    select
        *,
        {{ lead_scoring.ratio('leads', 'weeks') }} as leads_per_week,
        {{ lead_scoring.ratio('conversions', 'conversions_of_all') }} as recall,
        {{ lead_scoring.weekly_capacity('scorecard') }} as weekly_capacity,
        least(conversions_of_all, known_leads_of_all - conversions_of_all) as fewer_outcomes
    from {{ ref('int_lead_scoring__cut_offs') }}
),

current_minimums as (
    select
        scorecard,
        min(case when is_mql then min_total end) as mql_cut_off,
        min(case when is_sql then min_total end) as sql_cut_off
    from {{ ref('int_lead_scoring__qualified_stages') }}
    group by scorecard
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

-- sales gets what it can take, but nothing below mql
recommended as (
    select
        scorecard,
        mql_cut_off,
        greatest(mql_cut_off, case
            when weekly_capacity is null then half_cut_off
            else coalesce(capacity_cut_off, 100)
        end) as sql_cut_off
    from cut_offs_for_mql
),

options as (
    select
        cut_offs.*,
        coalesce(cut_offs.cut_off = current_minimums.mql_cut_off, false) as is_current_mql,
        coalesce(cut_offs.cut_off = current_minimums.sql_cut_off, false) as is_current_sql,
        coalesce(cut_offs.cut_off = recommended.mql_cut_off, false) as is_recommended_mql,
        coalesce(cut_offs.cut_off = recommended.sql_cut_off, false) as is_recommended_sql
    from cut_offs
    left join current_minimums on cut_offs.scorecard = current_minimums.scorecard
    left join recommended on cut_offs.scorecard = recommended.scorecard
),

final as (
    select
        -- ids
        scorecard,
        cut_off,
        -- strings
        {{ lead_scoring.purpose_column() }},
        {{ lead_scoring.reason_of_threshold() }} as reason,
        -- numerics
        cast(leads as bigint) as selected_leads,
        leads_per_week,
        cast(known_leads as bigint) as known_leads,
        cast(conversions as bigint) as conversions,
        recall,
        {{ lead_scoring.ratio('conversions', 'known_leads') }} as precision_rate,
        {{ lead_scoring.wilson_bound('conversions', 'known_leads', 'low') }} as rate_low,
        {{ lead_scoring.wilson_bound('conversions', 'known_leads', 'high') }} as rate_high,
        cast(won_leads as bigint) as won_at_first_contact,
        {{ lead_scoring.ratio('won_leads', 'won_leads_of_all') }} as won_share_at_first_contact,
        weekly_capacity,
        -- flags
        leads_per_week <= weekly_capacity as is_within_capacity,
        is_current_mql,
        is_current_sql,
        is_recommended_mql,
        is_recommended_sql
    from options
)

select * from final
