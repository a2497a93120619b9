with rule_weights as (
    select
        *,
        case when kind = 'fit' then 'fit' else 'engagement' end as dimension,
        leads_with / nullif(cast(leads as {{ lead_scoring.type_name('double') }}), 0) as share_with,
        leads_of_none / nullif(cast(leads as {{ lead_scoring.type_name('double') }}), 0)
            as share_of_none
    from {{ ref('int_lead_scoring__rule_weights') }}
    where confidence <> 'none'
),

-- terms are decimals, to sum exactly
terms as (
    select
        *,
        {{ lead_scoring.rounded('leads_with * advantage * weight', 6) }} as product,
        {{ lead_scoring.rounded('leads_with * weight * weight', 6) }} as square
    from rule_weights
),

sums as (
    select
        scorecard,
        dimension,
        max(abs(current_points)) as most_points,
        sum(cast(product as decimal(28, 6))) as products,
        sum(cast(square as decimal(28, 6))) as squares
    from terms
    where mean_points <> 0
    group by scorecard, dimension
),

-- how many points the scorecard gives, one rule with another, for one unit of evidence: the line
-- through 0 that fits best, each rule as heavy as it has leads
scales as (
    select
        scorecard,
        dimension,
        most_points,
        cast(products as {{ lead_scoring.type_name('double') }}) / nullif(squares, 0)
            as points_per_weight
    from sums
),

suggestions as (
    select
        rule_weights.*,
        scales.most_points,
        case when scales.points_per_weight > 0 then scales.points_per_weight end
            as points_per_weight,
        -- what the rule's row says for one point that a lead gets of it, after repeats and decay
        case
            when rule_weights.mean_points <> 0
                then rule_weights.current_points / rule_weights.mean_points
            else 1
        end as points_of_row,
        -- how far a bin lies from the mean of its group, in weight: it is part of that mean itself
        rule_weights.weight * (1 - rule_weights.share_with) as height,
        case
            when rule_weights.leads_of_none >= 40
                then rule_weights.weight_of_none * (1 - rule_weights.share_of_none)
        end as height_of_none
    from rule_weights
    left join scales
        on
            rule_weights.scorecard = scales.scorecard
            and rule_weights.dimension = scales.dimension
),

-- leads that no rule of the group holds for keep 0; where there are hardly any, the mean stays
weighed_suggestions as (
    select
        *,
        points_of_row * case
            when height_of_none is not null then points_per_weight * (height - height_of_none)
            else points_of_all + points_per_weight * height
        end as points_by_weight
    from suggestions
),

final as (
    select
        -- ids
        scorecard,
        rule_id,
        -- numerics
        cast({{ lead_scoring.rounded(
            'greatest(-most_points, least(most_points, coalesce(points_by_weight, most_points)))', 0
        ) }} as decimal(12, 2)) as suggested_points,
        advantage / points_per_weight as current_weight
    from weighed_suggestions
)

select * from final
