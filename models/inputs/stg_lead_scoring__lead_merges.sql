{%- set found = lead_scoring.input_columns('lead_merges') %}

-- What became of each row of the merges: it holds, a later one does, or it cannot be used
-- (contract, section 2: merges; 0001, number 10).
with merge_rows as (
    {{ lead_scoring.input_rows('lead_merges') }}
),

identities as (
    select * from {{ ref('stg_lead_scoring__lead_identities') }}
),

judged_rows as (
    select
        lead_id,
        merged_into_lead_id,
        merged_at,
        {{ lead_scoring.row_text('lead_merges', found, 'merge_rows') }} as text_of_row,
        case
            when quarantine_cause is not null then quarantine_cause
            when lead_id = merged_into_lead_id then 'merge into itself'
        end as own_cause
    from merge_rows
),

-- rows that are quarantined by themselves do not compete; which of the others holds,
-- stg_lead_scoring__latest_merges says by the same order
ranked_rows as (
    select
        judged_rows.*,
        case
            when own_cause is null
                then row_number() over (
                    partition by lead_id, case when own_cause is null then 1 else 0 end
                    order by
                        case when merged_at is null then 1 else 0 end,
                        merged_at desc,
                        text_of_row
                )
        end as recency
    from judged_rows
),

final as (
    select
        -- ids
        ranked_rows.lead_id,
        case when not coalesce(targets.is_erased, false) then ranked_rows.merged_into_lead_id end
            as merged_into_lead_id,
        -- strings
        case
            when ranked_rows.own_cause is not null then ranked_rows.own_cause
            when ranked_rows.recency = 1 then identities.merge_cause
        end as quarantine_cause,
        -- flags
        coalesce(ranked_rows.recency > 1, false) as is_superseded
    from ranked_rows
    left join identities
        on {{ lead_scoring.short_hash(['ranked_rows.lead_id']) }} = identities.lead_hash
    left join identities as targets
        on {{ lead_scoring.short_hash(['ranked_rows.merged_into_lead_id']) }} = targets.lead_hash
    where not coalesce(identities.is_erased, false)
)

select * from final
