-- How well scorecards rank leads within months, and how sure that is, by DeLong (decision 12).
with
-- leads whose fate the points were not fitted to
scored_outcomes as (
    select * from {{ ref('int_lead_scoring__scored_outcomes') }}
    where known = 1 and not is_fitted_to
),

months as (
    select
        scorecard,
        month,
        sum(count(*)) over (partition by scorecard) as leads_of_all,
        sum(count(*)) over (
            partition by scorecard order by month
            rows between unbounded preceding and 1 preceding
        ) as earlier_leads
    from scored_outcomes
    group by scorecard, month
),

-- the latest months that hold three leads of ten; none where these would be all months
newest_months as (
    select
        scorecard,
        max(month) as newest_from
    from months
    where 10 * earlier_leads <= 7 * leads_of_all
    group by scorecard
),

score_pairs as (
    select
        scored_outcomes.scorecard,
        scored_outcomes.month,
        scored_outcomes.ranking_score,
        own_scores.ranking_score as live_score,
        scored_outcomes.known,
        scored_outcomes.converted,
        newest_months.newest_from
    from scored_outcomes
    inner join {{ ref('int_lead_scoring__scored_outcomes') }} as own_scores
        on scored_outcomes.lead_id = own_scores.lead_id and own_scores.scorecard = '*'
    left join newest_months on scored_outcomes.scorecard = newest_months.scorecard
),

pairs_counted as (
    select
        scorecard,
        month,
        ranking_score,
        live_score,
        newest_from,
        sum(converted) as conversions,
        sum(1 - converted) as others,
        sum(sum(converted)) over (partition by scorecard, month) as conversions_of_month,
        sum(sum(1 - converted)) over (partition by scorecard, month) as others_of_month
    from score_pairs
    group by scorecard, month, ranking_score, live_score, newest_from
),

placed as (
    {{ lead_scoring.placements('score_pairs', ['scorecard', 'month'], 'ranking_score') }}
),

placed_by_live as (
    {{ lead_scoring.placements('score_pairs', ['scorecard', 'month'], 'live_score') }}
),

-- pairs of a conversion and another lead of one month, so that a base rate that moves from month to
-- month ranks nobody
placed_pairs as (
    select
        pairs.*,
        own.others_beaten as beaten,
        own.conversions_above as above,
        live.others_beaten as live_beaten,
        own.others_beaten - live.others_beaten as beaten_more,
        own.conversions_above - live.conversions_above as above_more
    from pairs_counted as pairs
    inner join placed as own
        on
            pairs.scorecard = own.scorecard
            and pairs.month = own.month
            and pairs.ranking_score = own.ranking_score
    inner join placed_by_live as live
        on
            pairs.scorecard = live.scorecard
            and pairs.month = live.month
            and pairs.live_score = live.live_score
    where pairs.conversions_of_month > 0 and pairs.others_of_month > 0
),

{%- set double = lead_scoring.type_name('double') %}
{%- set sides = {
    'beaten': ('conversions', 'others_of_month'), 'above': ('others', 'conversions_of_month'),
    'beaten_more': ('conversions', 'others_of_month'),
    'above_more': ('others', 'conversions_of_month'),
} %}

-- sums of whole numbers, exact in whatever order rows come
sums as (
    {%- for scope, is_wanted in [
        ('all months', 'true'), ('newest months', 'month >= newest_from'),
    ] %}
    select
        scorecard,
        '{{ scope }}' as scope,
        {%- for count in ['conversions', 'others'] %}
        cast(sum({{ count }}) as {{ double }}) as {{ count }},
        {%- endfor %}
        cast(sum(cast(conversions * others_of_month as decimal(18, 0))) as {{ double }}) as pairs,
        cast(sum(cast(live_beaten * conversions as decimal(18, 0))) as {{ double }})
            as live_beaten_sum,
        {%- for name, (leads, of_month) in sides.items() %}
        {%- set terms = {
            'sum': name, 'squares': name ~ ' * ' ~ name, 'products': name ~ ' * ' ~ of_month,
            'sizes': of_month ~ ' * ' ~ of_month,
        } %}
        {%- for term, product in terms.items() %}
        cast(
            sum(cast({{ product }} as decimal(18, 0)) * cast({{ leads }} as decimal(12, 0)))
            as {{ double }}
        ) as {{ name }}_{{ term }},
        {%- endfor %}
        {%- endfor %}
        max(newest_from) as newest_from
    from placed_pairs
    where {{ is_wanted }}
    group by scorecard
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

areas as (
    select
        *,
        beaten_sum / (2 * pairs) as area,
        live_beaten_sum / (2 * pairs) as live_area,
        beaten_more_sum / (2 * pairs) as difference
    from sums
),

-- DeLong: the spread of the placements of conversions and of that of the others, each beside what
-- the area makes one expect in its month
variances as (
    select
        scorecard,
        scope,
        newest_from,
        {%- for name, area in [
            ('beaten', 'area'), ('above', 'area'),
            ('beaten_more', 'difference'), ('above_more', 'difference'),
        ] %}
        {%- set leads = sides[name][0] %}
        case
            when {{ leads }} > 1
                then
                    {{ leads }} / ({{ leads }} - 1) * greatest(
                        0,
                        {{ name }}_squares / 4 - {{ area }} * {{ name }}_products
                        + power({{ area }}, 2) * {{ name }}_sizes
                    ) / power(pairs, 2)
        end as {{ name }}_variance,
        {%- endfor %}
        area,
        live_area,
        difference
    from areas
),

intervals as (
    select
        *,
        {{ lead_scoring.normal_quantile() }} * sqrt(beaten_variance + above_variance) as spread,
        {{ lead_scoring.normal_quantile() }} * sqrt(beaten_more_variance + above_more_variance)
            as spread_more
    from variances
),

final as (
    select
        -- ids
        intervals.scorecard,
        -- numerics
        {{ lead_scoring.statistic('intervals.area') }} as auc,
        {{ lead_scoring.statistic('greatest(0, coalesce(intervals.area - intervals.spread, 0))') }}
            as auc_low,
        {{ lead_scoring.statistic('least(1, coalesce(intervals.area + intervals.spread, 1))') }}
            as auc_high,
        {{ lead_scoring.statistic('intervals.live_area') }} as live_auc,
        {{ lead_scoring.statistic('intervals.difference') }} as auc_difference,
        {{ lead_scoring.statistic('intervals.difference - intervals.spread_more') }}
            as difference_low,
        {{ lead_scoring.statistic('intervals.difference + intervals.spread_more') }}
            as difference_high,
        {{ lead_scoring.statistic('newest.area') }} as newest_auc,
        {{ lead_scoring.statistic('greatest(0, coalesce(newest.area - newest.spread, 0))') }}
            as newest_auc_low,
        {{ lead_scoring.statistic('least(1, coalesce(newest.area + newest.spread, 1))') }}
            as newest_auc_high,
        {{ lead_scoring.statistic('newest.difference') }} as newest_difference,
        {{ lead_scoring.statistic('newest.difference - newest.spread_more') }}
            as newest_difference_low,
        {{ lead_scoring.statistic('newest.difference + newest.spread_more') }}
            as newest_difference_high,
        -- times
        newest.newest_from
    from intervals
    left join intervals as newest
        on intervals.scorecard = newest.scorecard and newest.scope = 'newest months'
    where intervals.scope = 'all months'
)

select * from final
