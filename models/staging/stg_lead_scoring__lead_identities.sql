with recursive lead_rows as (
    {{ lead_scoring.input_rows('leads') }}
),

latest_merges as (
    {{ lead_scoring.latest_merges() }}
),

leads_in_input as (
    select
        lead_id,
        min(case when quarantine_cause is null then created_at end) as exists_from,
        max(case when deleted_at is not null then 1 else 0 end) = 1 as is_erased
    from lead_rows
    where lead_id is not null and (quarantine_cause is null or deleted_at is not null)
    group by lead_id
),

every_lead as (
    select lead_id from leads_in_input
    union
    select lead_id from latest_merges
),

-- only leads that were merged have a chain to follow
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
    where not latest_merges.is_in_circle
),

-- the last lead of the chain that is in the input: merges beyond it lead to unknown leads
survivors_of_chains as (
    select
        merge_chains.lead_id,
        merge_chains.reached_lead_id as survivor_lead_id,
        row_number() over (
            partition by merge_chains.lead_id order by merge_chains.steps desc
        ) as nearness_to_end
    from merge_chains
    inner join leads_in_input on merge_chains.reached_lead_id = leads_in_input.lead_id
),

identities as (
    select
        every_lead.lead_id,
        survivors.lead_id as survivor_lead_id,
        survivors.exists_from,
        coalesce(survivors.is_erased, false) as is_survivor_erased,
        coalesce(survivors.is_erased, false)
        or coalesce(leads_in_input.is_erased, false) as is_erased,
        coalesce(survivors.lead_id <> every_lead.lead_id, false) as is_merged,
        case
            when latest_merges.is_in_circle and targets.lead_id is not null then 'merge in a circle'
            when
                latest_merges.lead_id is not null
                and coalesce(survivors.lead_id, every_lead.lead_id) = every_lead.lead_id
                then 'merge into an unknown lead'
        end as merge_cause
    from every_lead
    left join leads_in_input on every_lead.lead_id = leads_in_input.lead_id
    left join latest_merges on every_lead.lead_id = latest_merges.lead_id
    left join survivors_of_chains
        on
            every_lead.lead_id = survivors_of_chains.lead_id
            and survivors_of_chains.nearness_to_end = 1
    left join leads_in_input as survivors
        on
            case
                when latest_merges.lead_id is null then every_lead.lead_id
                else survivors_of_chains.survivor_lead_id
            end = survivors.lead_id
    left join leads_in_input as targets on latest_merges.merged_into_lead_id = targets.lead_id
),

numbered_identities as (
    {{ lead_scoring.numbered_identities('identities') }}
),

-- an erased lead leaves a fingerprint by which its rows are known and dropped, never its id
final as (
    select
        -- ids
        own.identity_key,
        case when not own.is_erased then own.lead_id end as lead_id,
        case when own.is_erased then own.lead_hash end as erased_lead_hash,
        case when not own.is_survivor_erased then own.survivor_lead_id end as survivor_lead_id,
        case when not own.is_survivor_erased then survivors.identity_key end as lead_key,
        -- strings
        own.merge_cause,
        -- flags
        own.is_merged,
        own.was_known
        and survivors.lead_id is null
        and not coalesce(own.is_erased, false) as was_lost,
        -- times
        case when not own.is_survivor_erased then own.exists_from end as exists_from
    from numbered_identities as own
    left join numbered_identities as survivors on own.survivor_lead_id = survivors.lead_id
)

select * from final
