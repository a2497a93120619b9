{%- set further = lead_scoring.further_columns('marketo') %}
{%- set columns = lead_scoring.vendor_columns('marketo').lead.keys() | list
    + further.keys() | reject('in', lead_scoring.vendor_columns('marketo').lead) | list %}

with {{ lead_scoring.vendor_imports(
    'marketo', ['lead', 'activity_delete_lead', 'activity_new_lead'], further
) }},

deletions as (
    select
        lead_id,
        'true' as is_deleted,
        max(gone_at) as gone_at
    from activity_delete_lead
    group by lead_id
),

births as (
    select
        lead_id,
        min(created_at) as created_at
    from activity_new_lead
    group by lead_id
),

-- who was deleted is gone from the leads, and is to be known as deleted
deleted_leads as (
    select
        deletions.lead_id,
        coalesce(births.created_at, deletions.gone_at) as created_at
    from deletions
    left join births on deletions.lead_id = births.lead_id
    left join lead on deletions.lead_id = lead.lead_id
    where lead.lead_id is null
),

people as (
    {{ lead_scoring.united_rows(['lead_id', 'created_at'], {
        'lead': columns, 'deleted_leads': [],
    }) }}
),

final as (
    select
        'marketo-' || people.lead_id as lead_id,
        {%- for column in columns if column not in ['lead_id', 'is_deleted'] %}
        people.{{ column }},
        {%- endfor %}
        coalesce(deletions.is_deleted, people.is_deleted) as is_deleted,
        deletions.gone_at
    from people
    left join deletions on people.lead_id = deletions.lead_id
)

select * from final
