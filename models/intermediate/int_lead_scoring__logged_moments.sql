{#- A replay of history writes what it is asked for; a backtest and a run in the past nothing. -#}
{%- set is_replay = var('lead_scoring_replays_history', false) -%}
{%- set is_of_this_run = '1 = 0' if lead_scoring.is_backtest()
    else 'latest_run.as_of = ' ~ lead_scoring.as_of() -%}

with moments as (
    select * from {{ ref('int_lead_scoring__moments') }}
    where is_touched
),

run_log as (
    select * from {{ ref('int_lead_scoring__run_log') }}
),

latest_run as (
    select max(as_of) as as_of from run_log
),

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
    inner join latest_run on {{ '1 = 1' if is_replay else is_of_this_run }}
)

select * from final
