with scored_outcomes as (
    select * from {{ ref('int_lead_scoring__scored_outcomes') }}
),

placed as (
    {{ lead_scoring.placements('scored_outcomes', ['scorecard'], 'ranking_score') }}
),

totals as (
    select
        scorecard,
        sum(conversions) as conversions,
        sum(others) as others
    from placed
    group by scorecard
),

-- of each score: the shares that rank at it or below
levels as (
    select
        placed.scorecard,
        1 - cast(
            placed.conversions_above - placed.conversions as {{ lead_scoring.type_name('double') }}
        )
        / nullif(2 * totals.conversions, 0) as share_of_conversions,
        cast(placed.others_beaten + placed.others as {{ lead_scoring.type_name('double') }})
        / nullif(2 * totals.others, 0) as share_of_others
    from placed
    inner join totals on placed.scorecard = totals.scorecard
),

distances as (
    select
        scorecard,
        max(abs(share_of_conversions - share_of_others)) as ks
    from levels
    group by scorecard
),

-- the tenth of each month: a month with more wins than others puts nobody to the front
placed_in_months as (
    {{ lead_scoring.placements('scored_outcomes', ['scorecard', 'month'], 'ranking_score') }}
),

levels_of_months as (
    select
        scorecard,
        conversions,
        cast(conversions + others as {{ lead_scoring.type_name('double') }}) as leads,
        sum(conversions + others) over (partition by scorecard, month) / 10.0 as leads_in_tenth,
        coalesce(sum(conversions + others) over (
            partition by scorecard, month order by ranking_score desc
            rows between unbounded preceding and 1 preceding
        ), 0) as leads_above
    from placed_in_months
),

-- of leads tied at the border of the tenth, the share that is needed counts
levels_in_tenth as (
    select
        *,
        cast({{ lead_scoring.rounded(
            'conversions * least(leads, greatest(0, leads_in_tenth - leads_above)) / leads', 9
        ) }} as decimal(28, 9)) as conversions_in_tenth
    from levels_of_months
),

lifts as (
    select
        scorecard,
        {{ lead_scoring.ratio('10 * sum(conversions_in_tenth)', 'sum(conversions)') }}
            as top_decile_lift
    from levels_in_tenth
    group by scorecard
),

final as (
    select
        -- ids
        distances.scorecard,
        -- numerics
        {{ lead_scoring.statistic('distances.ks') }} as ks,
        lifts.top_decile_lift
    from distances
    inner join lifts on distances.scorecard = lifts.scorecard
)

select * from final
