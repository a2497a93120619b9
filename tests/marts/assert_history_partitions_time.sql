{{ config(group='lead_scoring') }}

with history as (
    select * from {{ ref('lead_score_history') }}
),

values_of_rows as (
    select
        *,
        {{ lead_scoring.score_state('history') }} as state
    from history
),

rows_in_order as (
    select
        *,
        lead(valid_from) over (partition by lead_id order by valid_from) as next_from,
        lag(state) over (partition by lead_id order by valid_from) as state_before
    from values_of_rows
),

final as (
    select
        lead_id,
        valid_from,
        valid_to
    from rows_in_order
    where
        coalesce(valid_to <> next_from, valid_to is not null or next_from is not null)
        or valid_to <= valid_from
        or state = state_before
)

select * from final
