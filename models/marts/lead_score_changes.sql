{%- set values = [
    'scorecard', 'status', 'stage', 'temperature', 'total_score', 'fit_score', 'engagement_score',
    'is_disqualified',
] -%}

-- What the latest run said, new or said again, beside what was last said before (contract, section
-- 5).
with runs_latest_first as (
    select
        as_of,
        is_rule_change,
        row_number() over (order by as_of desc) as recency
    from {{ ref('int_lead_scoring__run_log') }}
),

score_log as (
    select
        *,
        fit_grade || engagement_grade as grade,
        row_number() over (partition by lead_id order by as_of desc) as recency
    from {{ ref('int_lead_scoring__score_log') }}
),

final as (
    select
        -- ids
        rows_now.lead_id,
        rows_now.merged_into_lead_id,
        -- strings, numerics and flags
        {%- for value in values + ['grade'] %}
        rows_before.{{ value }} as from_{{ value }},
        rows_now.{{ value }} as to_{{ value }},
        {%- endfor %}
        changed_reasons.reasons_changed,
        rows_now.rules_fingerprint,
        rows_now.total_score is not null as has_score,
        runs.is_rule_change,
        -- times
        rows_now.as_of as changed_at
    from score_log as rows_now
    inner join runs_latest_first as runs on rows_now.as_of = runs.as_of and runs.recency = 1
    left join score_log as rows_before
        on rows_now.lead_id = rows_before.lead_id and rows_before.recency = 2
    left join {{ ref('int_lead_scoring__changed_reasons') }} as changed_reasons
        on
            rows_now.lead_id = changed_reasons.lead_id
            and rows_now.as_of = changed_reasons.as_of
)

select * from final
