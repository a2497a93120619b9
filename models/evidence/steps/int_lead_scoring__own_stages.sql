with final as (
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
    from {{ ref('int_lead_scoring__leads_at_moments') }} as moments
    inner join {{ ref('int_lead_scoring__scores') }} as scores
        on moments.moment_key = scores.moment_key and scores.is_own_scorecard
    left join {{ ref('int_lead_scoring__qualified_stages') }} as qualified_stages
        on
            scores.scorecard = qualified_stages.scorecard
            and lower(scores.stage) = qualified_stages.stage
)

select * from final
