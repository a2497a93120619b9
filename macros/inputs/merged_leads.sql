{#- A select of each lead that was ever merged, beside the lead that it is now part of: lead_id,
    survivor_lead_id (itself where the merge leads to no known lead; null where neither is known),
    the survivor's exists_from and is_erased, and whether the merge is one in a circle.
    In: a relation of the leads in the input with lead_id, exists_from and is_erased.
    Call: merged_leads('leads_in_input'). Out: a select statement. -#}
{% macro merged_leads(leads) -%}
    with recursive latest_merges as (
        {{ lead_scoring.latest_merges() }}
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
            {{ leads }}.exists_from,
            {{ leads }}.is_erased,
            row_number() over (
                partition by merge_chains.lead_id order by merge_chains.steps desc
            ) as nearness_to_end
        from merge_chains
        inner join {{ leads }} on merge_chains.reached_lead_id = {{ leads }}.lead_id
    )

    select
        latest_merges.lead_id,
        latest_merges.is_in_circle and targets.lead_id is not null as is_in_circle,
        survivors.survivor_lead_id,
        survivors.exists_from,
        survivors.is_erased
    from latest_merges
    left join survivors_of_chains as survivors
        on latest_merges.lead_id = survivors.lead_id and survivors.nearness_to_end = 1
    left join {{ leads }} as targets on latest_merges.merged_into_lead_id = targets.lead_id
{%- endmacro %}
