{%- set columns = lead_scoring.connected_contract('leads') %}

with leads as (
    select * from {{ ref('stg_lead_scoring__known_leads') }}
    where put_aside is null
),

merged_pairs as (
    select * from {{ ref('stg_lead_scoring__connected_lead_merges') }}
),

births as (
    select
        lead_id,
        min(created_at) as created_at
    from leads
    group by lead_id
),

-- some tools delete whom they merged: without a row their events would be of an unknown lead
vanished_leads as (
    select
        merged_pairs.lead_id,
        min(coalesce(survivors.created_at, merged_pairs.merged_at)) as created_at
    from merged_pairs
    left join births on merged_pairs.lead_id = births.lead_id
    left join births as survivors on merged_pairs.merged_into_lead_id = survivors.lead_id
    where births.lead_id is null
    group by merged_pairs.lead_id
),

final as (
    select
        {%- for column in columns[2:] %}
        {{ column }},
        {%- endfor %}
        lead_id,
        created_at
    from leads
    union all
    select
        {%- for column in columns[2:] %}
        null as {{ column }},
        {%- endfor %}
        lead_id,
        created_at
    from vanished_leads
)

select * from final
