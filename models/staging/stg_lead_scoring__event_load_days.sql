{%- set loaded_at = lead_scoring.input_columns('events').get('loaded_at') %}

with current_input as (
    select
        {{ lead_scoring.load_day() }} as load_day,
        count(*) as rows,
        count(*) - {{ 'count(' ~ adapter.quote(loaded_at.name) ~ ')' if loaded_at else 0 }}
            as rows_without_loaded_at
    from {{ lead_scoring.input_relation('events') }}
    group by load_day
),

known_input as (
    {{ lead_scoring.known_input('stg_lead_scoring__event_load_days', 'load_day', 'rows') }}
),

every_load_day as (
    select
        coalesce(current_input.load_day, known_input.load_day) as load_day,
        coalesce(current_input.rows, 0) as rows,
        coalesce(current_input.rows_without_loaded_at, 0) as rows_without_loaded_at,
        coalesce(known_input.rows, 0) as rows_in_finished_run
    from current_input
    full outer join known_input on current_input.load_day = known_input.load_day
    where current_input.rows > 0 or known_input.rows > 0
),

-- edits in place are looked for in the newest days alone: elsewhere the number of rows tells
newest_load_days as (
    select load_day
    from current_input
    where cast(load_day as varchar) <= cast({{ lead_scoring.as_of_day() }} as varchar)
    order by load_day desc
    limit {{ var('lead_scoring_overlap_days', 2) | int }}
),

final as (
    select
        -- ids
        every_load_day.load_day,
        {{ lead_scoring.run_number() }} as run_number,
        -- numerics
        every_load_day.rows,
        every_load_day.rows_in_finished_run,
        every_load_day.rows_without_loaded_at,
        -- flags
        every_load_day.rows <> every_load_day.rows_in_finished_run
        or newest_load_days.load_day is not null
        or cast(every_load_day.load_day as varchar)
        > cast({{ lead_scoring.as_of_day() }} as varchar) as is_changed
    from every_load_day
    left join newest_load_days on every_load_day.load_day = newest_load_days.load_day
)

select * from final
