-- the last model of a run: what is kept holds for a later run only if all of it was made
{%- for name in [
    'account_scores', 'enterprise_lead_scores', 'lead_contacts', 'lead_decay',
    'lead_engagement_scores', 'lead_fit_scores', 'lead_scores', 'mid_market_lead_scores',
    'quarantined_rows', 'rule_changes', 'score_reasons', 'scorecard_scores',
    'small_business_lead_scores', 'int_lead_scoring__input_counts', 'lead_handoffs',
    'lead_score_changes', 'lead_score_history', 'stage_changes',
] %}
-- depends_on: {{ ref(name) }}
{%- endfor %}

with final as (
    select
        -- ids
        run_number,
        -- strings
        settings_fingerprint,
        reading_fingerprint,
        rules_fingerprint,
        causes,
        -- times
        as_of,
        as_of_day
    from {{ ref('int_lead_scoring__run_plan') }}
)

select * from final
