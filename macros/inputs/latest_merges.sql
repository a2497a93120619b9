{#- A select of the merge that holds for each lead that was ever merged: lead_id,
    merged_into_lead_id and whether the lead stands in a circle of merges. Merges into itself and
    rows that cannot be read are left out; the latest merged_at holds (decision 10).
    Call: latest_merges().
    Out: a select statement. "union" drops pairs that are known already: that ends the walk in a
    circle. -#}
{% macro latest_merges() -%}
    with recursive merges_latest_first as (
        select
            lead_id,
            merged_into_lead_id,
            row_number() over (
                partition by lead_id
                order by case when merged_at is null then 1 else 0 end, merged_at desc,
                    {{ lead_scoring.row_text('lead_merges', 'lead_merges') }}
            ) as recency
        from ({{ lead_scoring.input_rows('lead_merges') }}) as lead_merges
        where quarantine_cause is null and lead_id <> merged_into_lead_id
    ),

    reachable_leads as (
        select
            lead_id,
            merged_into_lead_id as reached_lead_id
        from merges_latest_first
        where recency = 1
        union
        select
            reachable_leads.lead_id,
            merges_latest_first.merged_into_lead_id as reached_lead_id
        from reachable_leads
        inner join merges_latest_first
            on
                reachable_leads.reached_lead_id = merges_latest_first.lead_id
                and merges_latest_first.recency = 1
    )

    select
        merges_latest_first.lead_id,
        merges_latest_first.merged_into_lead_id,
        circles.lead_id is not null as is_in_circle
    from merges_latest_first
    left join reachable_leads as circles
        on
            merges_latest_first.lead_id = circles.lead_id
            and circles.lead_id = circles.reached_lead_id
    where merges_latest_first.recency = 1
{%- endmacro %}
