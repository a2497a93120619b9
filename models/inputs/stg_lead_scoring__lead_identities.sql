-- Who is who: merges followed to their survivors, and erasure (contract, section 2: merges,
-- erasure; 0001, numbers 9 to 11). Each step of a chain of merges is a join, since a recursive
-- query is too slow on Spark, where it takes other words too; whoever was merged more often in a
-- row is found by assert_survivors_stand_for_themselves.
{%- set steps = 3 if lead_scoring.is_linted()
    else var('lead_scoring_merges_in_a_row', 16) | int %}

with lead_rows as (
    {{ lead_scoring.input_rows('leads') }}
),

-- latest_merges holds hashes alone: the ids are read here
merge_rows as (
    {{ lead_scoring.input_rows('lead_merges') }}
),

latest_merges as (
    select * from {{ ref('stg_lead_scoring__latest_merges') }}
),

-- a deleted_at that cannot be read erases as well: that is the safe side
leads_in_input as (
    select
        lead_id,
        {{ lead_scoring.short_hash(['lead_id']) }} as lead_hash,
        min(case when quarantine_cause is null then created_at end) as created_at,
        max(case when deleted_at_as_text is not null then 1 else 0 end) = 1 as is_erased
    from lead_rows
    where lead_id is not null and (quarantine_cause is null or deleted_at_as_text is not null)
    group by lead_id
),

leads_with_merge as (
    select distinct
        lead_id,
        {{ lead_scoring.short_hash(['lead_id']) }} as lead_hash
    from merge_rows
),

walks as (
    select
        {%- for step in range(1, steps + 1) %}
        merge_{{ step }}.merged_into_hash as reached_{{ step }},
        {%- endfor %}
        merge_1.lead_hash
    from latest_merges as merge_1
    left join latest_merges as merge_2 on merge_1.merged_into_hash = merge_2.lead_hash
    {%- for step in range(3, steps + 1) %}
    left join latest_merges as merge_{{ step }}
        on merge_{{ step - 1 }}.merged_into_hash = merge_{{ step }}.lead_hash
    {%- endfor %}
),

numbered_steps as (
    {{ lead_scoring.whole_numbers('walks', 0, steps, 'step') }}
),

steps_of_walks as (
    select
        lead_hash,
        step,
        case step
            when 0 then lead_hash
            {%- for step in range(1, steps + 1) %}
            when {{ step }} then reached_{{ step }}
            {%- endfor %}
        end as reached_hash
    from numbered_steps
),

-- merges that lead back to the lead itself
leads_in_circles as (
    select distinct lead_hash
    from steps_of_walks
    where step > 0 and reached_hash = lead_hash
),

-- nobody is followed beyond a lead that is in a circle
merge_chains as (
    select
        steps.lead_hash,
        steps.reached_hash,
        steps.step,
        min(case when circles.lead_hash is not null then steps.step end) over (
            partition by steps.lead_hash
        ) as last_step
    from steps_of_walks as steps
    left join leads_in_circles as circles on steps.reached_hash = circles.lead_hash
    where steps.reached_hash is not null
),

-- The last lead of the chain that is in the input: merges beyond it lead to unknown leads. A chain
-- that ends with its first step is that of a lead which is in a circle itself.
leads_of_chains as (
    select
        merge_chains.lead_hash,
        leads_in_input.lead_id as survivor_lead_id,
        leads_in_input.is_erased,
        coalesce(merge_chains.last_step = 0, false) as is_in_circle,
        row_number() over (
            partition by merge_chains.lead_hash
            order by
                case when leads_in_input.lead_id is null then 1 else 0 end, merge_chains.step desc
        ) as nearness_to_end
    from merge_chains
    left join leads_in_input on merge_chains.reached_hash = leads_in_input.lead_hash
    where merge_chains.last_step is null or merge_chains.step <= merge_chains.last_step
),

-- a merge into a lead that the input lacks is that and no circle, wherever it leads from there
merged_leads as (
    select
        leads_with_merge.lead_id,
        leads_with_merge.lead_hash,
        chains.survivor_lead_id,
        chains.is_erased,
        chains.is_in_circle and targets.lead_id is not null as is_in_circle
    from leads_with_merge
    inner join latest_merges on leads_with_merge.lead_hash = latest_merges.lead_hash
    inner join leads_of_chains as chains
        on leads_with_merge.lead_hash = chains.lead_hash and chains.nearness_to_end = 1
    left join leads_in_input as targets on latest_merges.merged_into_hash = targets.lead_hash
),

-- a lead without a merge is its own survivor
leads_with_survivor as (
    select
        coalesce(leads_in_input.lead_id, merged_leads.lead_id) as lead_id,
        coalesce(leads_in_input.lead_hash, merged_leads.lead_hash) as lead_hash,
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

-- An erased lead leaves a hash by which its rows are known and dropped, never its id. lead_key is
-- the number of the lead that stands for it, so that rows of merged leads join their survivor by
-- it; it is of this run alone.
final as (
    select
        -- ids
        leads.lead_hash,
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
