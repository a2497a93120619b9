with moments as (
    select * from {{ ref('int_lead_scoring__moments') }}
),

scores as (
    select * from {{ ref('int_lead_scoring__scores') }}
    where is_own_scorecard
),

qualified_stages as (
    select * from {{ ref('int_lead_scoring__qualified_stages') }}
),

statuses as (
    select * from {{ ref('int_lead_scoring__lead_statuses') }}
),

final as (
    select
        -- ids
        moments.moment_key,
        moments.lead_key,
        moments.lead_id,
        scores.scorecard,
        -- strings
        scores.segment,
        -- numerics
        scores.total_score,
        -- flags
        coalesce(qualified_stages.is_mql, false) as is_mql,
        coalesce(qualified_stages.is_sql, false) as is_sql,
        coalesce(statuses.status, 'open') = 'open' as is_open,
        -- times
        moments.as_of
    from moments
    inner join scores on moments.moment_key = scores.moment_key
    left join qualified_stages
        on
            scores.scorecard = qualified_stages.scorecard
            and lower(scores.stage) = qualified_stages.stage
    left join statuses on moments.moment_key = statuses.moment_key
)

select * from final
