{{ config(group='lead_scoring') }}

with handoffs as (
    select * from {{ ref('lead_handoffs') }}
),

-- the stage that a lead holds from one change to the next: a rise at once may pass several, and
-- with another scorecard the ladder below it may be another
changes as (
    select
        *,
        lead(changed_at) over (partition by lead_id order by changed_at) as next_changed_at
    from {{ ref('stage_changes') }}
),

silent_runs as (
    select as_of from {{ ref('int_lead_scoring__run_log') }}
    where is_rule_change and not announces_rule_changes
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
        on
            handoffs.lead_id = changes.lead_id
            and handoffs.handed_off_at >= changes.changed_at
            and (
                changes.next_changed_at is null
                or handoffs.handed_off_at < changes.next_changed_at
            )
    left join silent_runs on handoffs.handed_off_at = silent_runs.as_of
    inner join episodes
        on handoffs.lead_id = episodes.lead_id and handoffs.stage = episodes.stage
    where
        changes.lead_id is null
        or changes.to_stage = 'disqualified'
        or silent_runs.as_of is not null
        or episodes.handoffs > episodes.last_episode
        or handoffs.queue is null
        or handoffs.respond_by < handoffs.handed_off_at
)

select * from final
