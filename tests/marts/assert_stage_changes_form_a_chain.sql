{{ config(group='lead_scoring') }}

with changes as (
    select
        *,
        lag(to_stage) over (partition by lead_id order by changed_at) as stage_before,
        row_number() over (partition by lead_id order by changed_at) as place
    from {{ ref('stage_changes') }}
),

final as (
    select
        lead_id,
        from_stage,
        to_stage,
        changed_at
    from changes
    where
        (place = 1 and (from_stage is not null or days_in_from_stage is not null))
        or (place > 1 and (from_stage is null or from_stage <> stage_before))
        or from_stage = to_stage
        or days_in_from_stage < 0
)

select * from final
