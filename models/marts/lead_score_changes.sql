{%- set values = [
    'scorecard', 'status', 'stage', 'temperature', 'grade', 'total_score', 'fit_score',
    'engagement_score', 'is_disqualified',
] -%}

with history as (
    select * from {{ ref('lead_score_history') }}
),

latest_run as (
    select max(as_of) as as_of from {{ ref('int_lead_scoring__run_log') }}
),

final as (
    select
        -- ids
        rows_now.lead_id,
        -- strings, numerics and flags
        {%- for value in values %}
        rows_before.{{ value }} as from_{{ value }},
        rows_now.{{ value }} as to_{{ value }},
        {%- endfor %}
        rows_now.reasons_changed,
        rows_now.rules_fingerprint,
        rows_now.is_rule_change,
        -- times
        rows_now.valid_from as changed_at
    from history as rows_now
    inner join latest_run on rows_now.valid_from = latest_run.as_of
    left join history as rows_before
        on rows_now.lead_id = rows_before.lead_id and rows_now.valid_from = rows_before.valid_to
)

select * from final
