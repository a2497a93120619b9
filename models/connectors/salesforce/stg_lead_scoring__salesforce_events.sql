-- A member's status says what happened, and a task that is not closed is a plan.
with {{ lead_scoring.vendor_imports(
    'salesforce', ['campaign_member', 'campaign', 'task', 'event']
) }},

deeds as (
    {{ lead_scoring.united_rows([
        'event_id', 'lead_id', 'kind', 'type', 'occurred_at', 'is_closed', 'is_deleted',
    ], {
        'campaign_member': ['campaign_id'], 'event': ['asset', 'channel'],
        'task': ['asset', 'channel', 'quantity', 'call_type'],
    }) }}
),

final as (
    select
        deeds.event_id || case deeds.kind
            when 'campaign' then '-' || lower(coalesce(deeds.type, ''))
            else ''
        end as event_id,
        deeds.lead_id,
        deeds.kind || ' ' || lower(coalesce(deeds.type, 'other'))
        || coalesce(' ' || lower(deeds.call_type), '') as event_name,
        deeds.occurred_at,
        deeds.quantity,
        deeds.is_deleted,
        coalesce(deeds.channel, lower(campaign.type)) as channel,
        coalesce(deeds.asset, campaign.name) as asset,
        case
            when not {{ lead_scoring.is_set('deeds.is_closed') }} then 'planned'
            when left(coalesce(deeds.lead_id, ''), 3) not in ('00Q', '003') then 'about nobody'
        end as put_aside
    from deeds
    left join campaign on deeds.campaign_id = campaign.campaign_id
)

select * from final
