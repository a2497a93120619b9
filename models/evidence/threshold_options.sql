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

-- what sales can take: as stated, else as many as reach mql now
capacities as (
    select
        cut_offs.scorecard,
        max(cut_offs.weekly_capacity) as stated_capacity,
        coalesce(
            max(cut_offs.weekly_capacity),
            max(case
                when cut_offs.cut_off = current_minimums.mql_cut_off and cut_offs.cut_off > 0
                    then cut_offs.leads_per_week
            end)
        ) as capacity
    from cut_offs
    left join current_minimums on cut_offs.scorecard = current_minimums.scorecard
    group by cut_offs.scorecard
),

-- from 0 on would be everyone
recommended_mqls as (
    select
        cut_offs.scorecard,
        capacities.capacity,
        capacities.stated_capacity,
        case
            when capacities.capacity is null
                then max(case when cut_offs.recall >= 0.8 then cut_offs.cut_off end)
            else
                min(case
                    when cut_offs.leads_per_week <= capacities.capacity then cut_offs.cut_off
                end)
        end as mql_cut_off
    from cut_offs
    inner join capacities on cut_offs.scorecard = capacities.scorecard
    where cut_offs.fewer_outcomes >= 40 and cut_offs.cut_off > 0
    group by cut_offs.scorecard, capacities.capacity, capacities.stated_capacity
),

recommended as (
    select
        recommended_mqls.scorecard,
        recommended_mqls.capacity,
        recommended_mqls.stated_capacity,
        recommended_mqls.mql_cut_off,
        max(case when cut_offs.recall >= 0.5 * at_mql.recall then cut_offs.cut_off end)
            as sql_cut_off
    from recommended_mqls
    inner join cut_offs as at_mql
        on
            recommended_mqls.scorecard = at_mql.scorecard
            and recommended_mqls.mql_cut_off = at_mql.cut_off
    inner join cut_offs
        on
            recommended_mqls.scorecard = cut_offs.scorecard
            and recommended_mqls.mql_cut_off <= cut_offs.cut_off
    where at_mql.recall > 0
    group by
        recommended_mqls.scorecard,
        recommended_mqls.capacity,
        recommended_mqls.stated_capacity,
        recommended_mqls.mql_cut_off
),

options as (
    select
        cut_offs.*,
        recommended.capacity,
        recommended.stated_capacity,
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
            when is_recommended_mql
                then
                    case when is_recommended_sql then 'mql and sql: ' else 'mql: ' end || case
                        when stated_capacity is not null then 'the lowest that sales can take, '
                        when capacity is not null then 'about as many leads as reach it now, '
                        else 'the highest that keeps four fifths of the conversions, '
                    end || cast(
                        cast({{ lead_scoring.rounded('leads_per_week', 1) }} as decimal(12, 1))
                        as {{ lead_scoring.type_name('text') }}
                    ) || ' leads a week; it keeps ' || share_kept || ' of the conversions, with '
                    || share_selected || ' of the leads'
            when is_recommended_sql
                then
                    'sql: the highest that keeps half of what mql keeps (' || share_kept
                    || ' of the conversions, with ' || share_selected || ' of the leads)'
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
