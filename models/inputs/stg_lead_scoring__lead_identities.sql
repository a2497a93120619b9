-- Who is who: merges followed to their survivors, and erasure (contract, section 2; decision 1).
with recursive lead_rows as (
    {{ lead_scoring.input_rows('leads') }}
),

merge_rows as (
    {{ lead_scoring.input_rows('lead_merges') }}
),

-- a deleted_at that cannot be read erases as well: that is the safe side
leads_in_input as (
    select
        lead_id,
        min(case when quarantine_cause is null then created_at end) as created_at,
        max(case when deleted_at_as_text is not null then 1 else 0 end) = 1 as is_erased
    from lead_rows
    where lead_id is not null and (quarantine_cause is null or deleted_at_as_text is not null)
    group by lead_id
),

merges_latest_first as (
    select
        lead_id,
        merged_into_lead_id,
        row_number() over (
            partition by lead_id
            order by
                case when merged_at is null then 1 else 0 end,
                merged_at desc,
                {{ lead_scoring.row_text('lead_merges', 'merge_rows') }}
        ) as recency
    from merge_rows
    where quarantine_cause is null and lead_id <> merged_into_lead_id
),

latest_merges as (
    select
        lead_id,
        merged_into_lead_id
    from merges_latest_first
    where recency = 1
),

-- "union" drops pairs that are known already: that ends the walk in a circle
reachable_leads as (
    select
        lead_id,
        merged_into_lead_id as reached_lead_id
    from latest_merges
    union
    select
        reachable_leads.lead_id,
        latest_merges.merged_into_lead_id as reached_lead_id
    from reachable_leads
    inner join latest_merges on reachable_leads.reached_lead_id = latest_merges.lead_id
),

leads_in_circles as (
    select lead_id from reachable_leads
    where lead_id = reached_lead_id
),

merge_chains as (
    select
        lead_id,
        lead_id as reached_lead_id,
        0 as steps
    from latest_merges
    union all
    select
        merge_chains.lead_id,
        latest_merges.merged_into_lead_id as reached_lead_id,
        merge_chains.steps + 1 as steps
    from merge_chains
    inner join latest_merges on merge_chains.reached_lead_id = latest_merges.lead_id
    where latest_merges.lead_id not in (select leads_in_circles.lead_id from leads_in_circles)
),

-- the last lead of the chain that is in the input: merges beyond it lead to unknown leads
leads_of_chains as (
    select
        merge_chains.lead_id,
        leads_in_input.lead_id as survivor_lead_id,
        leads_in_input.is_erased,
        row_number() over (
            partition by merge_chains.lead_id order by merge_chains.steps desc
        ) as nearness_to_end
    from merge_chains
    inner join leads_in_input on merge_chains.reached_lead_id = leads_in_input.lead_id
),

merged_leads as (
    select
        latest_merges.lead_id,
        survivors.survivor_lead_id,
        survivors.is_erased,
        leads_in_circles.lead_id is not null and targets.lead_id is not null as is_in_circle
    from latest_merges
    left join leads_in_circles on latest_merges.lead_id = leads_in_circles.lead_id
    left join leads_of_chains as survivors
        on latest_merges.lead_id = survivors.lead_id and survivors.nearness_to_end = 1
    left join leads_in_input as targets on latest_merges.merged_into_lead_id = targets.lead_id
),

-- a lead without a merge is its own survivor
leads_with_survivor as (
    select
        coalesce(leads_in_input.lead_id, merged_leads.lead_id) as lead_id,
        merged_leads.lead_id is not null as has_merge,
        coalesce(merged_leads.is_in_circle, false) as is_in_circle,
        coalesce(leads_in_input.is_erased, false) as is_erased,
        case
            when merged_leads.lead_id is null then leads_in_input.lead_id
            else merged_leads.survivor_lead_id
        end as survivor_lead_id,
        leads_in_input.created_at,
        case
            when merged_leads.lead_id is null then leads_in_input.is_erased
            else coalesce(merged_leads.is_erased, false)
        end as is_survivor_erased
    from leads_in_input
    full outer join merged_leads on leads_in_input.lead_id = merged_leads.lead_id
),

-- a lead that became another one has a past: that one exists since the earliest of them
past_of_survivors as (
    select
        survivor_lead_id,
        min(created_at) as created_at
    from leads_with_survivor
    where has_merge and not is_erased
    group by survivor_lead_id
),

numbered_leads as (
    select
        *,
        coalesce(survivor_lead_id <> lead_id, false) as is_merged,
        row_number() over (order by lead_id) as lead_number
    from leads_with_survivor
),

numbers_of_survivors as (
    select
        lead_id,
        lead_number
    from numbered_leads
    where lead_id in (select merged_leads.survivor_lead_id from merged_leads)
),

-- an erased lead leaves a hash by which its rows are known and dropped, never its id
final as (
    select
        -- ids
        {{ lead_scoring.short_hash(['leads.lead_id']) }} as lead_hash,
        case when not (leads.is_erased or leads.is_survivor_erased) then leads.lead_id end
            as lead_id,
        case when not leads.is_survivor_erased then leads.survivor_lead_id end as survivor_lead_id,
        case
            when leads.is_survivor_erased then null
            when leads.is_merged then survivors.lead_number
            when leads.survivor_lead_id is not null then leads.lead_number
        end as lead_key,
        -- strings
        case
            when leads.is_in_circle then 'merge in a circle'
            when
                leads.has_merge
                and coalesce(leads.survivor_lead_id, leads.lead_id) = leads.lead_id
                then 'merge into an unknown lead'
        end as merge_cause,
        -- flags
        leads.is_merged,
        leads.is_erased or leads.is_survivor_erased as is_erased,
        -- times
        case
            when leads.is_erased or leads.is_survivor_erased then null
            when past.created_at < leads.created_at then past.created_at
            else leads.created_at
        end as exists_from
    from numbered_leads as leads
    left join past_of_survivors as past on leads.lead_id = past.survivor_lead_id
    left join numbers_of_survivors as survivors
        on case when leads.is_merged then leads.survivor_lead_id end = survivors.lead_id
)

select * from final
