with moments as (
    select * from {{ ref('int_lead_scoring__leads_at_moments') }}
),

scores as (
    select * from {{ ref('int_lead_scoring__scores') }}
    where is_own_scorecard
),

qualified_stages as (
    select * from {{ ref('int_lead_scoring__qualified_stages') }}
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
        moments.status = 'open' as is_open,
        -- times
        moments.as_of
    from moments
    inner join scores on moments.moment_key = scores.moment_key
    left join qualified_stages
        on
            scores.scorecard = qualified_stages.scorecard
            and lower(scores.stage) = qualified_stages.stage
)

select * from final
