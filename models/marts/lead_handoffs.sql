with held_stages as (
    select * from {{ ref('int_lead_scoring__held_stages') }}
    where episode_begins
),

standing_log as (
    select * from {{ ref('int_lead_scoring__standing_log') }}
    where routing_rule is not null
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
            "held_stages.lead_id || chr(10) || held_stages.stage || chr(10) || held_stages.episode"
        ) }} as handoff_id,
        held_stages.lead_id,
        held_stages.stage,
        held_stages.episode,
        standing_log.scorecard,
        standing_log.account,
        standing_log.routing_rule,
        -- strings
        standing_log.segment,
        standing_log.queue,
        standing_log.action,
        standing_log.owner,
        standing_log.reasons,
        standing_log.grade,
        standing_log.rules_fingerprint,
        -- numerics
        standing_log.total_score,
        standing_log.respond_within_minutes,
        -- times
        {{ dbt.dateadd('minute', 'standing_log.respond_within_minutes', 'held_stages.as_of') }}
            as respond_by,
        held_stages.as_of as handed_off_at
    from held_stages
    inner join standing_log
        on
            held_stages.lead_id = standing_log.lead_id
            and held_stages.stage = standing_log.stage
            and held_stages.as_of = standing_log.as_of
    inner join announcing_runs on held_stages.as_of = announcing_runs.as_of
)

select * from final
