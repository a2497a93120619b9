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
        sum(others) as others,
        cast(sum(conversions) + sum(others) as {{ lead_scoring.type_name('double') }}) as leads
    from placed
    group by scorecard
),

-- of each score: leads that rank above it, and the shares that rank at it or below
levels as (
    select
        placed.scorecard,
        placed.conversions,
        cast(placed.conversions + placed.others as {{ lead_scoring.type_name('double') }}) as leads,
        totals.leads / 10 as leads_in_tenth,
        totals.conversions / totals.leads as conversion_rate,
        (placed.conversions_above - placed.conversions) / 2
        + totals.others - (placed.others_beaten + placed.others) / 2 as leads_above,
        1 - cast(
            placed.conversions_above - placed.conversions
            as {{ lead_scoring.type_name('double') }}
        )
        / nullif(2 * totals.conversions, 0) as share_of_conversions,
        cast(placed.others_beaten + placed.others as {{ lead_scoring.type_name('double') }})
        / nullif(2 * totals.others, 0) as share_of_others
    from placed
    inner join totals on placed.scorecard = totals.scorecard
),

-- of leads tied at the border of the tenth, the share that is needed counts
levels_in_tenth as (
    select
        *,
        cast({{ lead_scoring.rounded(
            'conversions * least(leads, greatest(0, leads_in_tenth - leads_above)) / leads', 9
        ) }} as decimal(28, 9)) as conversions_in_tenth
    from levels
),

final as (
    select
        -- ids
        scorecard,
        -- numerics
        {{ lead_scoring.statistic('max(abs(share_of_conversions - share_of_others))') }} as ks,
        {{ lead_scoring.ratio(
            'sum(conversions_in_tenth)', '(max(leads_in_tenth) * max(conversion_rate))'
        ) }} as top_decile_lift
    from levels_in_tenth
    group by scorecard
)

select * from final
