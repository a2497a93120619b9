-- How each lead stands to each stage at the instants that are recorded: met, kept (missed by no
-- more than the margin), missed, disqualified, or absent from the ladder (contract, section 4: held
-- stage).
with scores as (
    select * from {{ ref('int_lead_scoring__scores') }}
    where is_own_scorecard
),

stage_ladders as (
    select
        *,
        lower(label) as stage
    from {{ ref('int_lead_scoring__scorecard_labels') }}
    where ladder = 'stage'
),

stages as (
    select distinct stage from stage_ladders
),

final as (
    select
        -- ids
        moments.moment_key,
        moments.lead_id,
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
        cast(ladders.label_rank as integer) as stage_rank,
        instants.minimum_dwell_days,
        -- times
        moments.as_of
    from {{ ref('int_lead_scoring__moments') }} as moments
    inner join {{ ref('int_lead_scoring__recorded_instants') }} as instants
        on moments.as_of = instants.as_of
    inner join scores on moments.moment_key = scores.moment_key
    cross join stages
    left join stage_ladders as ladders
        on scores.scorecard = ladders.scorecard and stages.stage = ladders.stage
)

select * from final
