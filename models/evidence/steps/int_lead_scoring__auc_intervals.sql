with scored_outcomes as (
    select * from {{ ref('int_lead_scoring__scored_outcomes') }}
    where known = 1
),

score_pairs as (
    select
        scored_outcomes.scorecard,
        scored_outcomes.ranking_score,
        own_scores.ranking_score as live_score,
        scored_outcomes.known,
        scored_outcomes.converted
    from scored_outcomes
    inner join scored_outcomes as own_scores
        on scored_outcomes.lead_id = own_scores.lead_id and own_scores.scorecard = '*'
),

pairs_counted as (
    select
        scorecard,
        ranking_score,
        live_score,
        sum(converted) as conversions,
        sum(1 - converted) as others
    from score_pairs
    group by scorecard, ranking_score, live_score
),

placed as (
    {{ lead_scoring.placements('score_pairs', ['scorecard'], 'ranking_score') }}
),

placed_by_live as (
    {{ lead_scoring.placements('score_pairs', ['scorecard'], 'live_score') }}
),

sums as (
    select
        pairs.scorecard,
        {%- for name, number, leads in [
            ('beaten', 'own.others_beaten', 'conversions'),
            ('above', 'own.conversions_above', 'others'),
            ('live_beaten', 'live.others_beaten', 'conversions'),
            ('beaten_more', 'own.others_beaten - live.others_beaten', 'conversions'),
            ('above_more', 'own.conversions_above - live.conversions_above', 'others'),
        ] %}
        {%- set exact = 'cast(' ~ number ~ ' as decimal(12, 0))' %}
        cast(
            sum({{ exact }} * cast(pairs.{{ leads }} as decimal(12, 0)))
            as {{ lead_scoring.type_name('double') }}
        ) as {{ name }}_sum,
        cast(
            sum({{ exact }} * {{ exact }} * cast(pairs.{{ leads }} as decimal(12, 0)))
            as {{ lead_scoring.type_name('double') }}
        ) as {{ name }}_squares,
        {%- endfor %}
        cast(sum(pairs.conversions) as {{ lead_scoring.type_name('double') }}) as conversions,
        cast(sum(pairs.others) as {{ lead_scoring.type_name('double') }}) as others
    from pairs_counted as pairs
    inner join placed as own
        on pairs.scorecard = own.scorecard and pairs.ranking_score = own.ranking_score
    inner join placed_by_live as live
        on pairs.scorecard = live.scorecard and pairs.live_score = live.live_score
    group by pairs.scorecard
),

-- DeLong: the variance of the mean placement of conversions and of that of the others
areas as (
    select
        scorecard,
        conversions,
        others,
        {%- for name, leads in [
            ('beaten', 'conversions'), ('above', 'others'),
            ('beaten_more', 'conversions'), ('above_more', 'others'),
        ] %}
        case
            when {{ leads }} > 1
                then
                    greatest(0, {{ name }}_squares - power({{ name }}_sum, 2) / {{ leads }})
                    / ({{ leads }} * ({{ leads }} - 1))
        end as {{ name }}_variance,
        {%- endfor %}
        beaten_sum / nullif(2 * conversions * others, 0) as area,
        live_beaten_sum / nullif(2 * conversions * others, 0) as live_area,
        beaten_more_sum / nullif(2 * conversions * others, 0) as difference
    from sums
),

intervals as (
    select
        *,
        {{ lead_scoring.normal_quantile() }} * sqrt(
            beaten_variance / power(2 * others, 2) + above_variance / power(2 * conversions, 2)
        ) as spread,
        {{ lead_scoring.normal_quantile() }} * sqrt(
            beaten_more_variance / power(2 * others, 2)
            + above_more_variance / power(2 * conversions, 2)
        ) as spread_more
    from areas
),

final as (
    select
        -- ids
        scorecard,
        -- numerics
        {{ lead_scoring.statistic('area') }} as auc,
        {{ lead_scoring.statistic('greatest(0, coalesce(area - spread, 0))') }} as auc_low,
        {{ lead_scoring.statistic('least(1, coalesce(area + spread, 1))') }} as auc_high,
        {{ lead_scoring.statistic('live_area') }} as live_auc,
        {{ lead_scoring.statistic('difference') }} as auc_difference,
        {{ lead_scoring.statistic('difference - spread_more') }} as difference_low,
        {{ lead_scoring.statistic('difference + spread_more') }} as difference_high
    from intervals
)

select * from final
