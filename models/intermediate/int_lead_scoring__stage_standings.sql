with logged_moments as (
    select * from {{ ref('int_lead_scoring__logged_moments') }}
),

scores as (
    select * from {{ ref('int_lead_scoring__scores') }}
    where is_own_scorecard
),

stage_ladders as (
    {{ lead_scoring.stage_ladders() }}
),

stages as (
    select distinct stage from stage_ladders
),

final as (
    select
        -- ids
        logged_moments.moment_key,
        stages.stage,
        scores.scorecard,
        -- strings
        case
            when scores.is_disqualified then 'disqualified'
            when ladders.stage is null then 'absent'
            when
                scores.total_score >= ladders.min_total
                and scores.fit_score >= ladders.min_fit
                and scores.engagement_score >= ladders.min_engagement
                then 'met'
            when
                scores.total_score < ladders.min_total - ladders.exit_margin
                or scores.fit_score < ladders.min_fit - ladders.exit_margin
                or scores.engagement_score < ladders.min_engagement - ladders.exit_margin
                then 'missed'
            else 'kept'
        end as standing,
        -- numerics
        ladders.stage_rank
    from logged_moments
    inner join scores on logged_moments.moment_key = scores.moment_key
    cross join stages
    left join stage_ladders as ladders
        on scores.scorecard = ladders.scorecard and stages.stage = ladders.stage
)

select * from final
