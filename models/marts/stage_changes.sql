-- When each lead came to hold another stage, and after how long (contract, section 4: held stage).
with stages as (
    select
        lead_id,
        as_of,
        max(case when is_held then stage end) as stage,
        max(case when is_held and episode_begins and stage <> 'disqualified' then episode end)
            as episode_that_begins,
        max(rules_fingerprint) as rules_fingerprint
    from {{ ref('int_lead_scoring__stage_episodes') }}
    group by lead_id, as_of
),

stages_in_order as (
    select
        *,
        lag(stage) over (partition by lead_id order by as_of) as stage_before
    from stages
),

changes as (
    select
        *,
        lag(as_of) over (partition by lead_id order by as_of) as changed_before_at
    from stages_in_order
    where stage_before is null or stage <> stage_before
),

run_log as (
    select * from {{ ref('int_lead_scoring__run_log') }}
),

history as (
    select * from {{ ref('lead_score_history') }}
),

final as (
    select
        -- ids
        changes.lead_id,
        history.scorecard,
        -- strings
        changes.stage_before as from_stage,
        changes.stage as to_stage,
        case
            when changes.episode_that_begins is null then 'lost'
            when changes.episode_that_begins = 1 then 'first'
            else 'repeat'
        end as crossing,
        changes.rules_fingerprint,
        -- numerics
        cast({{ dbt.datediff(
            lead_scoring.reporting_day('changes.changed_before_at'),
            lead_scoring.reporting_day('changes.as_of'),
            'day'
        ) }} as integer) as days_in_from_stage,
        history.total_score,
        -- flags
        coalesce(run_log.is_rule_change, false) as is_rule_change,
        -- times
        changes.as_of as changed_at
    from changes
    left join run_log on changes.as_of = run_log.as_of
    inner join history
        on
            changes.lead_id = history.lead_id
            and changes.as_of >= history.valid_from
            and (history.valid_to is null or changes.as_of < history.valid_to)
)

select * from final
