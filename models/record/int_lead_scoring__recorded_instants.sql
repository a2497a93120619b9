-- The instants of which this run writes the record: its own if it is recorded, and where history is
-- written anew each instant that is scored, for which it reads the moments:
-- depends_on: {{ ref('int_lead_scoring__moments') }}
with run_log as (
    select
        *,
        -- a change of rules moves many leads at once: nobody is to be called for that, unless it
        -- was said
        not is_rule_change or announces_rule_changes as hands_over
    from {{ ref('int_lead_scoring__run_log') }}
),

{%- if var('lead_scoring_replays_history', false) %}

final as (
    select distinct
        run_log.as_of,
        run_log.minimum_dwell_days,
        run_log.hands_over
    from {{ ref('int_lead_scoring__moments') }} as moments
    inner join run_log on moments.as_of = run_log.as_of
)
{%- else %}

latest_run as (
    select max(as_of) as as_of from run_log
),

final as (
    select
        run_log.as_of,
        run_log.minimum_dwell_days,
        run_log.hands_over
    from {{ ref('stg_lead_scoring__as_of') }} as run
    inner join run_log on run.as_of = run_log.as_of
    inner join latest_run on run.as_of = latest_run.as_of
    {%- if var('lead_scoring_moments', none) or var('lead_scoring_evidence', false) %}
    where 1 = 0
    {%- endif %}
)
{%- endif %}

select * from final
