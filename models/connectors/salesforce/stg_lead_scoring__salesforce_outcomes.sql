{%- set nothing = 'cast(null as ' ~ lead_scoring.type_name('text') ~ ')' %}

with {{ lead_scoring.vendor_imports('salesforce', [
    'lead', 'contact', 'opportunity', 'opportunity_history', 'opportunity_contact_role',
    'opportunity_stage', 'lead_history', 'users',
]) }},

-- whom a deal may count for: its primary role, another one, the lead that became it, a contact of
-- its own; else, as a guess, the first contact of its account
candidates as (
    select
        opportunity_id,
        contact_id as lead_id,
        case when {{ lead_scoring.is_set('is_primary') }} then 1 else 2 end as closeness,
        created_at
    from opportunity_contact_role
    where not {{ lead_scoring.is_set('is_deleted') }}
    union all
    select
        opportunity_id,
        id as lead_id,
        3 as closeness,
        created_at
    from lead
    union all
    select
        id as opportunity_id,
        contact_id as lead_id,
        4 as closeness,
        created_at
    from opportunity
    where contact_id is not null
    union all
    select
        opportunity.id as opportunity_id,
        contact.id as lead_id,
        5 as closeness,
        contact.created_at
    from opportunity
    inner join contact on opportunity.account_id = contact.account_id
    where not {{ lead_scoring.is_set('contact.is_deleted') }}
),

people as (
    select
        opportunity_id,
        lead_id,
        row_number() over (
            partition by opportunity_id
            order by closeness, created_at, lead_id
        ) as place
    from candidates
),

flags_of_stages as (
    select
        stage,
        is_won,
        is_closed
    from opportunity_stage
    union all
    select
        stage,
        is_won,
        is_closed
    from opportunity
),

-- what a stage means, by its flags: labels are free
stages as (
    select
        stage,
        max(case when {{ lead_scoring.is_set('is_won') }} then 1 else 0 end) as is_won,
        max(case when {{ lead_scoring.is_set('is_closed') }} then 1 else 0 end) as is_closed
    from flags_of_stages
    group by stage
),

entered_stages as (
    select
        opportunity_id,
        stage,
        entered_at,
        amount
    from opportunity_history
    union all
    select
        opportunity.id as opportunity_id,
        opportunity.stage,
        case
            when {{ lead_scoring.is_set('opportunity.is_closed') }}
                then coalesce(opportunity.changed_at, opportunity.closed_at)
            else opportunity.created_at
        end as entered_at,
        opportunity.amount
    from opportunity
    left join opportunity_history as history on opportunity.id = history.opportunity_id
    where history.opportunity_id is null
),

lead_states as (
    select
        lead_id,
        'lead_status' as kind,
        stage,
        entered_at
    from lead_history
    where lower(field) = 'status'
    union all
    select
        lead.id as lead_id,
        'lead_status' as kind,
        lead.status as stage,
        coalesce(lead.version_at, lead.modified_at) as entered_at
    from lead
    left join lead_history as history
        on lead.id = history.lead_id and lower(history.field) = 'status'
    where history.lead_id is null
    union all
    select
        id as lead_id,
        'lead_state' as kind,
        'converted' as stage,
        converted_at as entered_at
    from lead
    where {{ lead_scoring.is_set('is_converted') }}
),

final as (
    select
        'deal-' || opportunity.id as item_id,
        people.lead_id,
        'deal_stage' as kind,
        entered_stages.stage,
        case
            when stages.is_won = 1 then 'won'
            when stages.is_closed = 1 then 'lost'
            else 'open'
        end as state,
        entered_stages.entered_at as occurred_at,
        coalesce(entered_stages.amount, opportunity.amount) as amount,
        opportunity.reason,
        coalesce(users.email, opportunity.owner_id) as owner
    from opportunity
    inner join entered_stages on opportunity.id = entered_stages.opportunity_id
    inner join people on opportunity.id = people.opportunity_id and people.place = 1
    left join stages on entered_stages.stage = stages.stage
    left join users on opportunity.owner_id = users.id
    where not {{ lead_scoring.is_set('opportunity.is_deleted') }}
    union all
    select
        lead_id || '-' || kind as item_id,
        lead_id,
        kind,
        stage,
        {{ nothing }} as state,
        entered_at as occurred_at,
        {{ nothing }} as amount,
        {{ nothing }} as reason,
        {{ nothing }} as owner
    from lead_states
)

select * from final
