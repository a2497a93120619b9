-- Every stage that a deal or a lead of the chosen tools entered, of deals with whom they count for,
-- and why it is no outcome, if it is none. Where no history of stages is, the present one stands
-- for it. A stage of which no flag tells whether it is open has no state.
with deals as (
    {{ lead_scoring.connected_rows('deals', [
        'deal_id', 'lead_id', 'account_id', 'stage', 'entered_at', 'closed_at', 'amount', 'reason',
        'owner', 'created_at', 'is_won', 'is_lost', 'is_closed', 'merged_ids', 'is_deleted',
        'put_aside',
    ]) }}
),

deal_people as (
    {{ lead_scoring.connected_rows('deal_people', [
        'deal_id', 'lead_id', 'is_primary', 'is_deleted', 'created_at',
    ]) }}
),

deal_stages as (
    {{ lead_scoring.connected_rows('deal_stages', ['deal_id', 'stage', 'entered_at', 'amount']) }}
),

stages as (
    {{ lead_scoring.connected_rows('stages', [
        'stage', 'label', 'is_won', 'is_closed', 'probability',
    ]) }}
),

states as (
    {{ lead_scoring.connected_rows('outcomes', [
        'lead_id', 'kind', 'stage', 'occurred_at', 'reason', 'is_present', 'put_aside',
    ]) }}
),

leads as (
    select * from {{ ref('stg_lead_scoring__known_leads') }}
    where put_aside is null
),

merged_deals as (
    {{ lead_scoring.split_rows('deals', 'merged_ids', ';', 'merged_id') }}
),

-- what no longer stands for itself
gone_rows as (
    select
        tool,
        deal_id,
        coalesce(put_aside, 'deleted') as put_aside
    from deals
    where put_aside is not null or {{ lead_scoring.is_set('is_deleted') }}
    union all
    select
        tool,
        {{ lead_scoring.trimmed('merged_id') }} as deal_id,
        'merged into another' as put_aside
    from merged_deals
),

gone_deals as (
    select
        tool,
        deal_id,
        max(put_aside) as put_aside
    from gone_rows
    group by tool, deal_id
),

flags_of_stages as (
    {{ lead_scoring.united_rows(['tool', 'stage', 'is_won', 'is_closed'], {
        'stages': ['label', 'probability'], 'deals': ['is_lost'],
    }) }}
),

-- a blank flag is not set, where a tool has flags of its kind at all: of closed alone nobody knows
-- whether it was won, and of won alone not whether it is lost
flags_of_tools as (
    select
        tool,
        max(case when coalesce(is_won, probability) is not null then 1 else 0 end) as tells_won,
        max(case when coalesce(is_lost, is_closed, probability) is not null then 1 else 0 end)
            as tells_lost
    from flags_of_stages
    group by tool
),

-- what a stage means, by its flags: labels are free
meanings as (
    select
        tool,
        stage,
        max(label) as label,
        max(case when {{ lead_scoring.is_set('is_won') }} then 1 else 0 end) as is_won,
        max(case when {{ lead_scoring.is_set('is_lost') }} then 1 else 0 end) as is_lost,
        max(case when {{ lead_scoring.is_set('is_closed') }} then 1 else 0 end) as is_closed,
        max({{ lead_scoring.number_of('probability') }}) as probability
    from flags_of_stages
    group by tool, stage
),

-- whom a deal may count for: its primary contact, another one, the lead that became it, a contact
-- of its own; else, as a guess, the first contact of its account
candidates as (
    select
        tool,
        deal_id,
        lead_id,
        case when {{ lead_scoring.is_set('is_primary') }} then 1 else 2 end as closeness,
        created_at
    from deal_people
    where not {{ lead_scoring.is_set('is_deleted') }}
    union all
    select
        tool,
        deal_id,
        lead_id,
        3 as closeness,
        created_at
    from leads
    union all
    select
        tool,
        deal_id,
        lead_id,
        4 as closeness,
        created_at
    from deals
    union all
    select
        deals.tool,
        deals.deal_id,
        leads.lead_id,
        5 as closeness,
        leads.created_at
    from deals
    inner join leads on deals.tool = leads.tool and deals.account_id = leads.account_id
    where leads.deleted_at is null and not leads.is_merged
),

ranked_candidates as (
    select
        tool,
        deal_id,
        lead_id,
        row_number() over (
            partition by tool, deal_id
            order by closeness, created_at nulls last, length(lead_id), lead_id
        ) as place
    from candidates
    where lead_id is not null and deal_id is not null
),

stages_of_deals as (
    select
        tool,
        deal_id,
        stage,
        entered_at,
        closed_at,
        amount,
        0 as is_history
    from deals
    union all
    select
        tool,
        deal_id,
        stage,
        entered_at,
        null as closed_at,
        amount,
        1 as is_history
    from deal_stages
),

counted_stages as (
    select
        *,
        max(is_history) over (partition by tool, deal_id) as has_history
    from stages_of_deals
),

counted_states as (
    select
        *,
        max(case when is_present is null and put_aside is null then 1 else 0 end) over (
            partition by tool, lead_id, kind
        ) as has_history
    from states
),

final as (
    select
        counted_stages.tool,
        'deal-' || counted_stages.deal_id as item_id,
        ranked_candidates.lead_id,
        'deal_stage' as kind,
        counted_stages.stage,
        meanings.label,
        case
            when
                meanings.is_won = 1 or (meanings.is_closed = 1 and meanings.probability = 1)
                then 'won'
            when
                meanings.is_lost = 1
                or meanings.probability = 0
                or (meanings.is_closed = 1 and flags_of_tools.tells_won = 1)
                then 'lost'
            when flags_of_tools.tells_lost = 1 and coalesce(meanings.is_closed, 0) = 0 then 'open'
        end as state,
        counted_stages.entered_at as occurred_at,
        counted_stages.closed_at,
        coalesce(counted_stages.amount, deals.amount) as amount,
        deals.reason,
        deals.owner,
        case
            when gone_deals.put_aside is not null then gone_deals.put_aside
            when deals.deal_id is null then 'of a deal that is not there'
            when
                counted_stages.is_history < counted_stages.has_history
                then 'told by its history'
            when ranked_candidates.lead_id is null then 'of nobody known'
        end as put_aside
    from counted_stages
    left join deals
        on
            counted_stages.tool = deals.tool
            and counted_stages.deal_id = deals.deal_id
            and deals.put_aside is null
    left join gone_deals
        on
            counted_stages.tool = gone_deals.tool
            and counted_stages.deal_id = gone_deals.deal_id
    left join meanings
        on counted_stages.tool = meanings.tool and counted_stages.stage = meanings.stage
    left join flags_of_tools
        on counted_stages.tool = flags_of_tools.tool
    left join ranked_candidates
        on
            counted_stages.tool = ranked_candidates.tool
            and counted_stages.deal_id = ranked_candidates.deal_id
            and ranked_candidates.place = 1
    union all
    select
        tool,
        lead_id || '-' || kind as item_id,
        lead_id,
        kind,
        stage,
        null as label,
        null as state,
        occurred_at,
        null as closed_at,
        null as amount,
        reason,
        null as owner,
        case
            when put_aside is not null then put_aside
            when is_present is not null and has_history = 1 then 'told by its history'
        end as put_aside
    from counted_states
)

select * from final
