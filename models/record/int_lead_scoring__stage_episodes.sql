-- The record of held stages with its episodes: unbroken stretches at or above a stage, counted from
-- 1 (contract, section 4: episode).
with stage_log as (
    select
        *,
        dense_rank() over (partition by lead_id order by as_of) as place,
        max(stage_rank) over (partition by lead_id, as_of) as held_rank
    from {{ ref('int_lead_scoring__stage_log') }}
),

begins as (
    select
        *,
        coalesce(lag(place) over (partition by lead_id, stage order by place), -1) <> place - 1
            as episode_begins
    from stage_log
),

final as (
    select
        -- ids
        lead_id,
        stage,
        scorecard,
        account,
        routing_rule,
        -- strings
        segment,
        queue,
        action,
        owner,
        reasons,
        grade,
        rules_fingerprint,
        -- numerics
        total_score,
        respond_within_minutes,
        cast(sum(case when episode_begins then 1 else 0 end) over (
            partition by lead_id, stage order by as_of rows unbounded preceding
        ) as integer) as episode,
        -- flags
        coalesce(stage_rank = held_rank, true) as is_held,
        episode_begins,
        -- times
        as_of
    from begins
)

select * from final
