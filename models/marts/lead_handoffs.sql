with episodes as (
    select * from {{ ref('int_lead_scoring__stage_episodes') }}
    where episode_begins and routing_rule is not null
),

-- a change of rules moves many leads at once: nobody is to be called for that, unless it was said
announcing_runs as (
    select as_of from {{ ref('int_lead_scoring__run_log') }}
    where not is_rule_change or announces_rule_changes
),

final as (
    select
        -- ids
        {{ dbt.hash(
            "episodes.lead_id || chr(10) || episodes.stage || chr(10) || episodes.episode"
        ) }} as handoff_id,
        episodes.lead_id,
        episodes.stage,
        episodes.episode,
        episodes.scorecard,
        episodes.account,
        episodes.routing_rule,
        -- strings
        episodes.segment,
        episodes.queue,
        episodes.action,
        episodes.owner,
        episodes.reasons,
        episodes.grade,
        episodes.rules_fingerprint,
        -- numerics
        episodes.total_score,
        episodes.respond_within_minutes,
        -- times
        {{ dbt.dateadd('minute', 'episodes.respond_within_minutes', 'episodes.as_of') }}
            as respond_by,
        episodes.as_of as handed_off_at
    from episodes
    inner join announcing_runs on episodes.as_of = announcing_runs.as_of
)

select * from final
