{{ config(group='lead_scoring') }}

with handoffs as (
    select * from {{ ref('lead_handoffs') }}
),

-- every rise at once may pass several stages: the change shows the highest
changes as (
    select * from {{ ref('stage_changes') }}
    where crossing <> 'lost'
),

run_log as (
    select * from {{ ref('int_lead_scoring__run_log') }}
),

episodes as (
    select
        lead_id,
        stage,
        max(episode) as last_episode,
        count(*) as handoffs
    from handoffs
    group by lead_id, stage
),

final as (
    select
        handoffs.lead_id,
        handoffs.stage,
        handoffs.episode
    from handoffs
    left join changes
        on handoffs.lead_id = changes.lead_id and handoffs.handed_off_at = changes.changed_at
    left join run_log on handoffs.handed_off_at = run_log.as_of
    inner join episodes
        on handoffs.lead_id = episodes.lead_id and handoffs.stage = episodes.stage
    where
        changes.lead_id is null
        or run_log.as_of is null
        or (run_log.is_rule_change and not run_log.announces_rule_changes)
        or episodes.handoffs > episodes.last_episode
        or handoffs.queue is null
        or handoffs.respond_by < handoffs.handed_off_at
)

select * from final
