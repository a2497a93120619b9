-- What would raise a score, exactly: the score and stage that each lever would lead to (contract,
-- section 4: levers).
with trials as (
    select
        lever_points.moment_key,
        lever_points.lever_key,
        scores.lead_id,
        scores.scorecard,
        scores.total_score as from_total_score,
        scores.stage as from_stage,
        lever_points.fit_points,
        lever_points.engagement_points,
        scores.fit_points_for_100,
        scores.engagement_points_for_100,
        scores.fit_weight,
        lever_points.points_gained,
        lever_points.is_disqualified,
        scores.as_of
    from {{ ref('int_lead_scoring__lever_points') }} as lever_points
    inner join {{ ref('int_lead_scoring__scores') }} as scores
        on lever_points.moment_key = scores.moment_key and scores.is_own_scorecard
),

scores_then as (
    {{ lead_scoring.scores_of_points('trials') }}
),

labels as (
    {{ lead_scoring.labels_of_scores('scores_then') }}
),

outcomes as (
    select
        scores_then.*,
        levers.lever,
        levers.kind,
        levers.attribute,
        levers.value,
        levers.words,
        case when scores_then.is_disqualified then 'disqualified' else labels.stage end as to_stage
    from scores_then
    inner join {{ ref('int_lead_scoring__levers') }} as levers
        on scores_then.lever_key = levers.lever_key
    left join labels
        on
            scores_then.scorecard = labels.scorecard
            and scores_then.total_score = labels.total_score
            and scores_then.fit_score = labels.fit_score
            and scores_then.engagement_score = labels.engagement_score
),

-- levers are numbered by kind and name
final as (
    select
        -- ids
        lead_id,
        scorecard,
        lever,
        -- strings
        kind,
        attribute,
        value,
        words || ': ' || cast(from_total_score as {{ lead_scoring.type_name('text') }})
        || ' -> ' || cast(total_score as {{ lead_scoring.type_name('text') }})
        || coalesce(', ' || to_stage, '') as words,
        from_stage,
        to_stage,
        -- numerics
        from_total_score,
        total_score as to_total_score,
        fit_score as to_fit_score,
        engagement_score as to_engagement_score,
        points_gained,
        cast(
            row_number() over (
                partition by moment_key
                order by is_disqualified, total_score desc, points_gained desc, lever_key
            ) as integer
        ) as place,
        -- flags
        coalesce(to_stage <> from_stage, false) as is_new_stage,
        -- times
        as_of
    from outcomes
)

select * from final
