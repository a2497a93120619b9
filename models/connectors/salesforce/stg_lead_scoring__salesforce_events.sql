{%- set nothing = 'cast(null as ' ~ lead_scoring.type_name('text') ~ ')' %}

with {{ lead_scoring.vendor_imports(
    'salesforce', ['campaign_member', 'campaign', 'task', 'event']
) }},

-- a member's status says what happened; its label is free
members as (
    select
        member.id || '-' || lower(coalesce(member.status, '')) as event_id,
        coalesce(member.lead_id, member.contact_id) as lead_id,
        'campaign ' || lower(member.status) as event_name,
        coalesce(member.occurred_at, member.created_at) as occurred_at,
        lower(campaign.type) as channel,
        campaign.name as asset,
        {{ nothing }} as quantity
    from campaign_member as member
    left join campaign on member.campaign_id = campaign.id
    where not {{ lead_scoring.is_set('member.is_deleted') }}
),

-- a task that is not closed is a plan
tasks as (
    select
        id as event_id,
        who_id as lead_id,
        'task ' || lower(coalesce(type, 'other')) || coalesce(' ' || lower(call_type), '')
            as event_name,
        coalesce(completed_at, due_at, modified_at) as occurred_at,
        'sales' as channel,
        subject as asset,
        quantity
    from task
    where {{ lead_scoring.is_set('is_closed') }} and not {{ lead_scoring.is_set('is_deleted') }}
),

meetings as (
    select
        id as event_id,
        who_id as lead_id,
        'event ' || lower(coalesce(type, 'other')) as event_name,
        start_at as occurred_at,
        'sales' as channel,
        subject as asset,
        {{ nothing }} as quantity
    from event
    where not {{ lead_scoring.is_set('is_deleted') }}
),

-- many tasks and meetings are about no person
of_people as (
    select * from tasks
    union all
    select * from meetings
),

final as (
    select * from members
    union all
    select * from of_people
    where lead_id like '00Q%' or lead_id like '003%'
)

select * from final
