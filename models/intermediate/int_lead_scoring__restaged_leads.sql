{%- set latches_before = lead_scoring.model_relation('int_lead_scoring__stage_latches') -%}

with standing_log as (
    select * from {{ ref('int_lead_scoring__standing_log') }}
),

logged_leads as (
    select
        lead_id,
        min(as_of) as first_as_of
    from {{ ref('int_lead_scoring__logged_moments') }}
    group by lead_id
),

latches_before as (
    {%- if latches_before %}
    select
        lead_id,
        max(changes_at) as last_change_at,
        max(case when awaits_fall then 1 else 0 end) as awaited_falls
    from {{ latches_before }}
    group by lead_id
    {%- else %}
    select
        lead_id,
        first_as_of as last_change_at,
        0 as awaited_falls
    from logged_leads
    where 1 = 0
    {%- endif %}
),

-- rows that this run wrote, rows that it took back, and rows of leads that it forgot
final as (
    select standing_log.lead_id
    from standing_log
    inner join logged_leads
        on
            standing_log.lead_id = logged_leads.lead_id
            and standing_log.as_of >= logged_leads.first_as_of
    union
    select latches_before.lead_id
    from latches_before
    inner join logged_leads
        on
            latches_before.lead_id = logged_leads.lead_id
            and latches_before.last_change_at >= logged_leads.first_as_of
    union
    select lead_id from {{ ref('int_lead_scoring__rewritten_stretches') }}
    union
    select lead_id from latches_before
    where lead_id not in (select standing_log.lead_id from standing_log)
    -- a label falls when its dwell is over, though nothing happens to the lead
    union
    select lead_id from latches_before
    where awaited_falls = 1
)

select * from final
