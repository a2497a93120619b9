with score_log as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__score_log')) }}
),

run_log as (
    select * from {{ lead_scoring.in_same_database(ref('int_lead_scoring__run_log')) }}
),

final as (
    select
        -- ids
        score_log.lead_id,
        score_log.scorecard,
        -- strings
        score_log.segment,
        score_log.status,
        score_log.stage,
        score_log.temperature,
        score_log.fit_grade || score_log.engagement_grade as grade,
        score_log.fit_grade,
        score_log.engagement_grade,
        score_log.reasons_changed,
        score_log.rules_fingerprint,
        -- numerics
        score_log.total_score,
        score_log.fit_score,
        score_log.engagement_score,
        -- flags
        score_log.is_disqualified,
        coalesce(run_log.is_rule_change, false) as is_rule_change,
        -- times
        score_log.as_of as valid_from,
        lead(score_log.as_of) over (
            partition by score_log.lead_id order by score_log.as_of
        ) as valid_to
    from score_log
    left join run_log on score_log.as_of = run_log.as_of
)

select * from final
