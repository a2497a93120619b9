{%- set is_replay = var('lead_scoring_replays_history', false) -%}

with moments as (
    select * from {{ ref('int_lead_scoring__moments') }}
),

run_log as (
    select * from {{ ref('int_lead_scoring__run_log') }}
),

latest_run as (
    select max(as_of) as as_of from run_log
),

-- a run in the past and a backtest are on no record, and so write none
final as (
    select
        -- ids
        moments.moment_key,
        moments.lead_key,
        moments.lead_id,
        -- times
        moments.as_of,
        min(moments.as_of) over (partition by moments.lead_id) as first_as_of
    from moments
    inner join run_log on moments.as_of = run_log.as_of
    inner join latest_run
        on
            {%- if is_replay %}
            moments.as_of <= latest_run.as_of
            {%- elif var('lead_scoring_moments', none) %}
            false
            {%- else %}
            latest_run.as_of = {{ lead_scoring.as_of() }}
            {%- endif %}
)

select * from final
