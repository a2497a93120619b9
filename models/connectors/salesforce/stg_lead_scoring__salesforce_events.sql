-- A member's status says what happened, and a task that is not closed is a plan.
with {{ lead_scoring.vendor_imports(
    'salesforce', ['campaign_member', 'campaign', 'task', 'event']
) }},

activities as (
    {{ lead_scoring.united_rows([
        'event_id', 'lead_id', 'kind', 'type', 'occurred_at', 'is_deleted',
    ], {
        'campaign_member': ['campaign_id'], 'event': ['asset', 'channel'],
        'task': ['asset', 'channel', 'quantity', 'call_type', 'is_closed'],
    }) }}
),

final as (
    select
        activities.event_id
        || case when activities.kind = 'campaign' then '-' || lower(coalesce(activities.type, ''))
            else '' end as event_id,
        activities.lead_id,
        activities.kind || ' ' || lower(coalesce(activities.type, 'other'))
        || coalesce(' ' || lower(activities.call_type), '') as event_name,
        activities.occurred_at,
        activities.quantity,
        activities.is_deleted,
        coalesce(activities.channel, lower(campaign.type)) as channel,
        coalesce(activities.asset, campaign.name) as asset,
        case
            when activities.kind = 'task' and not {{ lead_scoring.is_set('activities.is_closed') }}
                then 'planned'
            when left(coalesce(activities.lead_id, ''), 3) not in ('00Q', '003') then 'about nobody'
        end as put_aside
    from activities
    left join campaign on activities.campaign_id = campaign.campaign_id
)

select * from final
