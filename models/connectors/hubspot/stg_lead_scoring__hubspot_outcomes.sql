{%- set nothing = 'cast(null as ' ~ lead_scoring.type_name('text') ~ ')' %}

with {{ lead_scoring.vendor_imports('hubspot', [
    'deal', 'deals_archived', 'deal_contact', 'deal_stage', 'deal_pipeline_stage', 'merged_deal',
    'owner', 'contact_property_history',
]) }},

merged_ids as (
    {{ lead_scoring.split_rows('deal', 'merged_ids', ';', 'loser_id') }}
),

-- what no longer stands for itself: merged, or archived, which a stream of its own says
gone_deals as (
    select deal_id from merged_deal
    union distinct
    select deal_id from deals_archived
    union distinct
    select {{ lead_scoring.trimmed('loser_id') }} as deal_id from merged_ids
),

-- a deal counts once: for its contact of the lowest number, which is the eldest
contacts as (
    select
        deal_id,
        lead_id,
        row_number() over (partition by deal_id order by length(lead_id), lead_id) as place
    from deal_contact
),

entered_stages as (
    select
        deal_id,
        stage,
        entered_at
    from deal_stage
    union all
    select
        deal.deal_id,
        deal.stage,
        coalesce(deal.stage_entered_at, deal.closed_at, deal.created_at) as entered_at
    from deal
    left join deal_stage on deal.deal_id = deal_stage.deal_id
    where deal_stage.deal_id is null
),

deals as (
    select
        'deal-' || deal.deal_id as item_id,
        coalesce(contacts.lead_id, {{ dbt.split_part('deal.contact_ids', "';'", 1) }}) as lead_id,
        'deal_stage' as kind,
        entered_stages.stage,
        stages.label,
        -- by the flags of the stage: labels are free
        case
            when
                {{ lead_scoring.is_set('stages.closed_won') }}
                or (
                    {{ lead_scoring.is_set('stages.is_closed') }}
                    and {{ lead_scoring.number_of('stages.probability') }} = 1
                )
                then 'won'
            when
                {{ lead_scoring.is_set('stages.is_closed') }}
                or {{ lead_scoring.number_of('stages.probability') }} = 0
                then 'lost'
            else 'open'
        end as state,
        entered_stages.entered_at as occurred_at,
        deal.amount,
        deal.reason,
        coalesce(owner.email, deal.owner_id) as owner
    from deal
    inner join entered_stages on deal.deal_id = entered_stages.deal_id
    left join deal_pipeline_stage as stages on entered_stages.stage = stages.stage
    left join contacts on deal.deal_id = contacts.deal_id and contacts.place = 1
    left join owner on deal.owner_id = owner.owner_id
    left join gone_deals on deal.deal_id = gone_deals.deal_id
    where gone_deals.deal_id is null and not {{ lead_scoring.is_set('deal.is_deleted') }}
),

final as (
    select * from deals
    where lead_id is not null
    union all
    select
        lead_id || '-' || property as item_id,
        lead_id,
        case property when 'lifecyclestage' then 'lifecycle_stage' else 'lead_status' end as kind,
        stage,
        {{ nothing }} as label,
        {{ nothing }} as state,
        entered_at as occurred_at,
        {{ nothing }} as amount,
        {{ nothing }} as reason,
        {{ nothing }} as owner
    from contact_property_history
    where property in ('lifecyclestage', 'hs_lead_status')
)

select * from final
