{{ config(group='lead_scoring') }}

{#- Only where the run was recorded: a backtest or a run in the past leaves history alone. -#}
{%- set values = lead_scoring.score_log_values() | reject('eq', 'merged_into_lead_id') | list -%}

with latest_run as (
    select max(as_of) as as_of from {{ ref('int_lead_scoring__run_log') }}
),

lead_scores as (
    select lead_scores.*
    from {{ ref('lead_scores') }} as lead_scores
    inner join latest_run on lead_scores.as_of = latest_run.as_of
),

history as (
    select * from {{ ref('lead_score_history') }}
    where valid_to is null
),

final as (
    select
        lead_scores.lead_id,
        lead_scores.total_score,
        history.total_score as total_score_in_history
    from lead_scores
    left join history on lead_scores.lead_id = history.lead_id
    where
        history.lead_id is null
        or not history.has_score
        {%- for value in values %}
        or lead_scores.{{ value }} <> history.{{ value }}
        or (lead_scores.{{ value }} is null) <> (history.{{ value }} is null)
        {%- endfor %}
)

select * from final
