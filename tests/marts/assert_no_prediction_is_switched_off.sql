{{ config(group='lead_scoring', severity='warn') }}

with standings as (
    select * from {{ ref('int_lead_scoring__prediction_standings') }}
),

final as (
    select
        prediction,
        scorecard,
        psi,
        switched_off_at
    from standings
    where may_be_live and status <> 'live'
)

select * from final
