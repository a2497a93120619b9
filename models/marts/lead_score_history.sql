-- The score log as it is shown: changes only, each valid until the next (contract, section 4:
-- record).
with score_log as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__score_log')) }}
),

changed_reasons as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__changed_reasons')) }}
),

run_log as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__run_log')) }}
),

states as (
    select
        *,
        {{ lead_scoring.score_state('score_log') }} as state,
        lag({{ lead_scoring.score_state('score_log') }}) over (
            partition by lead_id order by as_of
        ) as state_before
    from score_log
),

-- what a run said again is no change
changes as (
    select
        *,
        lead(as_of) over (partition by lead_id order by as_of) as valid_to
    from states
    where state_before is null or state <> state_before
),

final as (
    select
        -- ids
        changes.lead_id,
        changes.scorecard,
        changes.merged_into_lead_id,
        -- strings
        changes.segment,
        changes.status,
        changes.stage,
        changes.temperature,
        changes.fit_grade || changes.engagement_grade as grade,
        changes.fit_grade,
        changes.engagement_grade,
        changed_reasons.reasons_changed,
        changes.rules_fingerprint,
        -- numerics
        changes.total_score,
        changes.fit_score,
        changes.engagement_score,
        -- flags
        changes.total_score is not null as has_score,
        changes.is_disqualified,
        coalesce(run_log.is_rule_change, false) as is_rule_change,
        -- times
        changes.as_of as valid_from,
        changes.valid_to
    from changes
    left join changed_reasons
        on changes.lead_id = changed_reasons.lead_id and changes.as_of = changed_reasons.as_of
    left join run_log on changes.as_of = run_log.as_of
)

select * from final
