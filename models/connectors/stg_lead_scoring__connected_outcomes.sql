-- The stages that say something new.
with known_outcomes as (
    select * from {{ ref('stg_lead_scoring__known_outcomes') }}
),

final as (
    select
        outcome_id,
        lead_id,
        outcome,
        occurred_at,
        -- no tool says when a stage arrived in its tables
        cast(null as {{ lead_scoring.type_name('text') }}) as loaded_at,
        amount,
        reason,
        owner
    from known_outcomes
    where put_aside is null
)

select * from final
