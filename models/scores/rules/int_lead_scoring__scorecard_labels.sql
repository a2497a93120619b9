-- Which labels each scorecard has on its ladders, after overriding, and what each asks (contract,
-- section 3: thresholds; section 4: labels). A minimum that is blank asks nothing.
with scorecards as (
    select {{ lead_scoring.normalised('scorecard') }} as scorecard
    from {{ ref('lead_scoring__scorecards') }}
),

thresholds as (
    select
        {{ lead_scoring.normalised('scorecard') }} as scorecard,
        {{ lead_scoring.normalised('ladder') }} as ladder,
        {{ lead_scoring.trimmed('label') }} as label,
        rank as label_rank,
        coalesce(min_total, 0) as min_total,
        coalesce(min_fit, 0) as min_fit,
        coalesce(min_engagement, 0) as min_engagement,
        coalesce(exit_margin, 0) as exit_margin
    from {{ ref('lead_scoring__thresholds') }}
),

-- a row of the scorecard's own takes the place of the row for every scorecard
thresholds_own_first as (
    select
        thresholds.*,
        scorecards.scorecard as held_by,
        row_number() over (
            partition by scorecards.scorecard, thresholds.ladder, lower(thresholds.label)
            order by case when thresholds.scorecard = '*' then 1 else 0 end
        ) as nearness
    from scorecards
    inner join thresholds
        on scorecards.scorecard = thresholds.scorecard or thresholds.scorecard = '*'
),

final as (
    select
        -- ids
        held_by as scorecard,
        ladder,
        label,
        -- numerics
        label_rank,
        min_total,
        min_fit,
        min_engagement,
        exit_margin
    from thresholds_own_first
    where nearness = 1
)

select * from final
