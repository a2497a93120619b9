with cut_offs as (
    select * from {{ ref('int_lead_scoring__cut_offs') }}
),

minimums as (
    select
        stages.scorecard,
        {{ lead_scoring.normalised('scorecards.status') }} as status,
        min(case when stages.is_mql then stages.min_total end) as mql_cut_off,
        min(case when stages.is_sql then stages.min_total end) as sql_cut_off
    from {{ ref('int_lead_scoring__qualified_stages') }} as stages
    inner join {{ ref('lead_scoring__scorecards') }} as scorecards
        on stages.scorecard = {{ lead_scoring.normalised('scorecards.scorecard') }}
    group by stages.scorecard, {{ lead_scoring.normalised('scorecards.status') }}
),

-- of all leads together where the live scorecards agree
current_minimums as (
    select
        scorecard,
        mql_cut_off,
        sql_cut_off
    from minimums
    union all
    select
        '*' as scorecard,
        case when min(mql_cut_off) = max(mql_cut_off) then min(mql_cut_off) end as mql_cut_off,
        case when min(sql_cut_off) = max(sql_cut_off) then min(sql_cut_off) end as sql_cut_off
    from minimums
    where status = 'live'
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
recommended as (
    select
        scorecard,
        mql_cut_off,
        greatest(mql_cut_off, case
            when weekly_capacity is null then half_cut_off
            else coalesce(capacity_cut_off, 100)
        end) as sql_cut_off
    from cut_offs_for_mql
    where mql_cut_off is not null
),

options as (
    select
        cut_offs.*,
        {{ lead_scoring.percent_in_words(
            'cut_offs.conversions', 'cut_offs.conversions_of_all'
        ) }} as share_kept,
        {{ lead_scoring.percent_in_words(
            'cut_offs.known_leads', 'cut_offs.known_leads_of_all'
        ) }} as share_selected,
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
        case
            when fewer_outcomes < 40 and (is_current_mql or is_current_sql)
                then 'kept: fewer than 40 conversions, or 40 others, are known'
            when is_recommended_mql and is_recommended_sql and weekly_capacity is not null
                then
                    'mql and sql: sales can take all that keep four fifths of the conversions ('
                    || share_kept || ', with ' || share_selected || ' of the leads)'
            when is_recommended_mql
                then
                    case when is_recommended_sql then 'mql and sql' else 'mql' end
                    || ': the highest that keeps four fifths of the conversions ('
                    || share_kept || ', with ' || share_selected || ' of the leads)'
            when is_recommended_sql and weekly_capacity is not null
                then
                    'sql: the lowest that sales can take, '
                    || cast(weekly_capacity as {{ lead_scoring.type_name('text') }})
                    || ' leads a week; it keeps ' || share_kept || ' of the conversions'
            when is_recommended_sql
                then
                    'sql: the highest that keeps half of the conversions (' || share_kept
                    || ', with ' || share_selected
                    || ' of the leads); no weekly capacity is stated'
        end as reason,
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
