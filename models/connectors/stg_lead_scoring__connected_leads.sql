{%- set columns = lead_scoring.input_contract('leads').columns | list %}
{%- for tool in lead_scoring.connectors() %}
{%- for column in lead_scoring.further_columns(tool) if column not in columns %}
{%- do columns.append(column) %}
{%- endfor %}
{%- endfor %}

with leads as (
    {{ lead_scoring.connected_rows('leads', columns) }}
),

merges as (
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
        merges.lead_id,
        min(coalesce(survivors.created_at, merges.merged_at)) as created_at
    from merges
    left join births on merges.lead_id = births.lead_id
    left join births as survivors on merges.merged_into_lead_id = survivors.lead_id
    where births.lead_id is null
    group by merges.lead_id
),

final as (
    select
        {%- for column in columns %}
        {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from leads
    union all
    select
        {%- for column in columns %}
        {{ column if column in ['lead_id', 'created_at'] else 'null' }} as {{ column }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from vanished_leads
)

select * from final
