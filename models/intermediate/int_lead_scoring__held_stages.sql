{{ config(materialized='kept', meta={'scope': 'comparisons', 'replaces': 'restaged_leads'}) }}
-- depends_on: {{ ref('int_lead_scoring__restaged_leads') }}

with latches as (
    select latches.*
    from {{ lead_scoring.rows_to_restage(ref('int_lead_scoring__stage_latches')) }} as latches
),

instants as (
    select distinct
        lead_id,
        changes_at as as_of
    from latches
),

latches_at_instants as (
    select
        latches.lead_id,
        latches.stage,
        latches.stage_rank,
        latches.is_on,
        instants.as_of,
        max(case when latches.is_on then latches.stage_rank end) over (
            partition by latches.lead_id, instants.as_of
        ) as held_rank
    from instants
    inner join latches
        on
            instants.lead_id = latches.lead_id
            and instants.as_of >= latches.changes_at
            and (latches.next_change_at is null or instants.as_of < latches.next_change_at)
),

stretches as (
    select
        *,
        coalesce(is_on and stage_rank = held_rank, false) as is_held,
        coalesce(stage_rank <= held_rank, false) as is_within
    from latches_at_instants
),

begins as (
    select
        *,
        is_within and not coalesce(
            lag(is_within) over (partition by lead_id, stage order by as_of), false
        ) as episode_begins
    from stretches
),

final as (
    select
        -- ids
        lead_id,
        stage,
        -- numerics
        stage_rank,
        cast(sum(case when episode_begins then 1 else 0 end) over (
            partition by lead_id, stage order by as_of rows unbounded preceding
        ) as integer) as episode,
        -- flags
        is_held,
        is_within,
        episode_begins,
        -- times
        as_of
    from begins
)

select * from final
