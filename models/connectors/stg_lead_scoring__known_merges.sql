-- What the chosen tools say themselves of who is another one: in a row for each, or as a list of
-- those who were merged, each perhaps with its time behind a colon.
with leads as (
    {{ lead_scoring.connected_rows('leads', ['lead_id']) }}
),

told_merges as (
    {{ lead_scoring.connected_rows('lead_merges', [
        'lead_id', 'merged_ids', 'merged_into_lead_id', 'merged_at', 'put_aside',
    ]) }}
),

parts as (
    {{ lead_scoring.split_rows('told_merges', 'merged_ids', ';', 'part') }}
),

merged_pairs as (
    select
        tool,
        lead_id,
        merged_into_lead_id,
        merged_at,
        put_aside
    from told_merges
    where lead_id is not null and merged_into_lead_id is not null
    union all
    select
        tool,
        {{ lead_scoring.trimmed(dbt.split_part('part', "':'", 1)) }} as lead_id,
        merged_into_lead_id,
        coalesce(merged_at, nullif({{ dbt.split_part('part', "':'", 2) }}, '')) as merged_at,
        put_aside
    from parts
    where {{ lead_scoring.trimmed('part') }} <> ''
),

ranked_pairs as (
    select
        *,
        row_number() over (
            partition by tool, lead_id, merged_into_lead_id, merged_at
            order by put_aside
        ) as place,
        max(merged_at) over (partition by tool, lead_id, merged_into_lead_id) as known_at
    from merged_pairs
),

-- of what was merged into somebody who is no longer there nothing is left to count
known_ids as (
    select lead_id from leads
    union distinct
    select lead_id from merged_pairs
    where put_aside is null
),

final as (
    select
        ranked_pairs.tool,
        ranked_pairs.lead_id,
        ranked_pairs.merged_into_lead_id,
        ranked_pairs.merged_at,
        case
            when ranked_pairs.put_aside is not null then ranked_pairs.put_aside
            when known_ids.lead_id is null then 'into somebody who is not there'
            when
                ranked_pairs.place > 1
                or (ranked_pairs.merged_at is null and ranked_pairs.known_at is not null)
                then 'said twice'
        end as put_aside
    from ranked_pairs
    left join known_ids on ranked_pairs.merged_into_lead_id = known_ids.lead_id
)

select * from final
