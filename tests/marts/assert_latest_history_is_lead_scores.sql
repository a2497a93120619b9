{{ config(group='lead_scoring') }}

{#- Only where the run was recorded: a backtest or a run in the past leaves history alone. -#}
{%- set values = lead_scoring.score_log_values() | reject('equalto', 'merged_into_lead_id') -%}

with latest_run as (
    select max(as_of) as as_of from {{ ref('int_lead_scoring__run_log') }}
),

recorded_run as (
    select run.as_of
    from {{ ref('stg_lead_scoring__as_of') }} as run
    inner join latest_run on run.as_of = latest_run.as_of
),

lead_scores as (
    select lead_scores.*
    from {{ ref('lead_scores') }} as lead_scores
    inner join recorded_run on lead_scores.as_of = recorded_run.as_of
),

history as (
    select history.*
    from {{ ref('lead_score_history') }} as history
    cross join recorded_run
    where history.valid_to is null and history.has_score
),

final as (
    select
        coalesce(lead_scores.lead_id, history.lead_id) as lead_id,
        lead_scores.total_score,
        history.total_score as total_score_in_history
    from lead_scores
    full outer join history on lead_scores.lead_id = history.lead_id
    where
        history.lead_id is null
        or lead_scores.lead_id is null
        {%- for value in values %}
        or lead_scores.{{ value }} <> history.{{ value }}
        or (lead_scores.{{ value }} is null) <> (history.{{ value }} is null)
        {%- endfor %}
)

select * from final
