-- The stages that each lead holds, as a small state machine: what is on record and how it stands
-- now give what it holds now (contract, section 4: held stage; decision 9). Each stage is a latch:
-- on where its minimums are met, off where one is missed by more than the margin (for the dwell, if
-- one is set), else as it was. Where what a lead holds changes, or since when a latch is missed,
-- its rows of that instant are the whole of it: every stage at or below the highest one that is on.
-- Many instants of a lead go in one pass.
{{ config(
    materialized='incremental',
    unique_key=['lead_id', 'as_of'],
    full_refresh=false,
    on_schema_change='fail',
    pre_hook="{{ lead_scoring.forget_erased_leads() }}"
) }}

with standings as (
    select * from {{ ref('int_lead_scoring__stage_standings') }}
),

first_instant as (
    select min(as_of) as as_of from standings
),

rows_on_record as (
    {%- if is_incremental() %}
    select
        lead_id,
        stage,
        stage_rank,
        is_on,
        missed_since,
        as_of
    from {{ this }}
    {%- else %}
    select
        lead_id,
        stage,
        stage_rank,
        true as is_on,
        as_of as missed_since,
        as_of
    from standings
    where 1 = 0
    {%- endif %}
),

rows_latest_first as (
    select
        rows_on_record.*,
        dense_rank() over (
            partition by rows_on_record.lead_id order by rows_on_record.as_of desc
        ) as recency
    from rows_on_record
    inner join first_instant on rows_on_record.as_of < first_instant.as_of
),

rows_before as (
    select * from rows_latest_first
    where recency = 1
),

standings_counted as (
    select
        standings.*,
        coalesce(rows_before.is_on, false) as was_on,
        rows_before.missed_since as was_missed_since,
        sum(case when standings.standing = 'missed' then 0 else 1 end) over (
            partition by standings.lead_id, standings.stage
            order by standings.as_of rows unbounded preceding
        ) as not_missed_so_far
    from standings
    left join rows_before
        on standings.lead_id = rows_before.lead_id and standings.stage = rows_before.stage
),

-- missed ever since the record's last row: the record says since when
standings_with_miss as (
    select
        *,
        case
            when standing = 'missed'
                then coalesce(
                    case when not_missed_so_far = 0 then was_missed_since end,
                    min(case when standing = 'missed' then as_of end) over (
                        partition by lead_id, stage, not_missed_so_far
                    )
                )
        end as missed_since
    from standings_counted
),

-- what switches a latch on (1) or off (0), or leaves it as it is (null)
switches as (
    select
        *,
        case
            when standing = 'met' then 1
            when standing in ('disqualified', 'absent') then 0
            when {{ lead_scoring.later('day', 'minimum_dwell_days', 'missed_since') }} <= as_of
                then 0
        end as switch
    from standings_with_miss
),

switches_in_order as (
    select
        *,
        sum(case when switch is null then 0 else 1 end) over (
            partition by lead_id, stage order by as_of rows unbounded preceding
        ) as switches_so_far
    from switches
),

latches as (
    select
        *,
        coalesce(
            max(switch) over (partition by lead_id, stage, switches_so_far),
            case when was_on then 1 else 0 end
        ) = 1 as is_on
    from switches_in_order
),

latches_with_height as (
    select
        *,
        max(case when is_on then stage_rank end) over (partition by lead_id, as_of) as held_rank
    from latches
),

-- without any stage a lead holds none: it is disqualified
held_stages as (
    select
        lead_id,
        moment_key,
        stage,
        stage_rank,
        is_on,
        case when is_on then missed_since end as missed_since,
        as_of
    from latches_with_height
    where stage_rank <= held_rank
    union all
    select distinct
        lead_id,
        moment_key,
        'disqualified' as stage,
        cast(null as integer) as stage_rank,
        false as is_on,
        cast(null as timestamp) as missed_since,
        as_of
    from latches_with_height
    where held_rank is null
),

every_stage as (
    select
        lead_id,
        stage,
        stage_rank,
        is_on,
        missed_since,
        as_of,
        1 as is_of_this_run
    from held_stages
    union all
    select
        lead_id,
        stage,
        stage_rank,
        is_on,
        missed_since,
        as_of,
        0 as is_of_this_run
    from rows_before
),

states as (
    select
        lead_id,
        as_of,
        max(is_of_this_run) as is_of_this_run,
        {{ lead_scoring.sum_of_hashes(
            lead_scoring.short_hash(['stage', 'stage_rank', 'is_on', 'missed_since'])
        ) }} as state
    from every_stage
    group by lead_id, as_of
),

states_in_order as (
    select
        *,
        lag(state) over (partition by lead_id order by as_of) as state_before
    from states
),

-- what an instant has said already is said again
instants_on_record as (
    select distinct
        lead_id,
        as_of
    from rows_on_record
),

changes as (
    select
        states.lead_id,
        states.as_of
    from states_in_order as states
    left join instants_on_record
        on states.lead_id = instants_on_record.lead_id and states.as_of = instants_on_record.as_of
    where
        states.is_of_this_run = 1
        and (
            states.state_before is null
            or states.state <> states.state_before
            or instants_on_record.lead_id is not null
        )
),

final as (
    select
        -- ids
        held_stages.lead_id,
        held_stages.stage,
        details.scorecard,
        details.account,
        details.routing_rule,
        -- strings
        details.segment,
        details.queue,
        details.action,
        details.owner,
        details.reasons,
        details.grade,
        current_rules.rules_fingerprint,
        -- numerics
        held_stages.stage_rank,
        details.total_score,
        details.respond_within_minutes,
        -- flags
        held_stages.is_on,
        -- times
        held_stages.missed_since,
        held_stages.as_of
    from held_stages
    inner join changes
        on held_stages.lead_id = changes.lead_id and held_stages.as_of = changes.as_of
    cross join {{ ref('int_lead_scoring__rules_fingerprint') }} as current_rules
    left join {{ ref('int_lead_scoring__handoff_details') }} as details
        on held_stages.moment_key = details.moment_key and held_stages.stage = details.stage
)

select * from final
