{{ config(materialized='kept', meta={'scope': 'comparisons', 'replaces': 'restaged_leads'}) }}
-- depends_on: {{ ref('int_lead_scoring__restaged_leads') }}

with standings as (
    select
        log_rows.lead_id,
        log_rows.stage,
        log_rows.standing,
        log_rows.stage_rank,
        log_rows.as_of,
        lead(log_rows.as_of) over (
            partition by log_rows.lead_id, log_rows.stage order by log_rows.as_of
        ) as next_as_of,
        sum(case when log_rows.standing = 'missed' then 0 else 1 end) over (
            partition by log_rows.lead_id, log_rows.stage
            order by log_rows.as_of rows unbounded preceding
        ) as stretch
    from {{ lead_scoring.rows_to_restage(ref('int_lead_scoring__standing_log')) }} as log_rows
),

falls as (
    {{ lead_scoring.falls_of_runs(ref('int_lead_scoring__run_log')) }}
),

standings_with_stretch as (
    select
        *,
        min(case when standing = 'missed' then as_of end) over (
            partition by lead_id, stage, stretch
        ) as missed_since
    from standings
),

standings_with_fall as (
    select
        standings.*,
        case when standings.standing = 'missed' then falls.falls_at end as falls_at
    from standings_with_stretch as standings
    left join falls on standings.missed_since = falls.missed_since
),

-- what switches a latch on (1) or off (0) or leaves it as it is (null)
signals as (
    select
        lead_id,
        stage,
        stage_rank,
        as_of as changes_at,
        standing = 'missed' and falls_at is null as may_fall,
        case
            when standing = 'met' then 1
            when standing in ('disqualified', 'absent') or falls_at <= as_of then 0
        end as signal
    from standings_with_fall
    union all
    select
        lead_id,
        stage,
        stage_rank,
        falls_at as changes_at,
        false as may_fall,
        0 as signal
    from standings_with_fall
    where falls_at > as_of and (next_as_of is null or falls_at < next_as_of)
),

signals_in_order as (
    select
        *,
        sum(case when signal is null then 0 else 1 end) over (
            partition by lead_id, stage order by changes_at rows unbounded preceding
        ) as signals_so_far
    from signals
),

latches as (
    select
        *,
        coalesce(max(signal) over (partition by lead_id, stage, signals_so_far), 0) = 1 as is_on,
        lead(changes_at) over (partition by lead_id, stage order by changes_at) as next_change_at
    from signals_in_order
),

final as (
    select
        -- ids
        lead_id,
        stage,
        -- numerics
        stage_rank,
        -- flags
        is_on,
        is_on and may_fall and next_change_at is null as awaits_fall,
        -- times
        changes_at,
        next_change_at
    from latches
)

select * from final
