-- Who is one person: what a tool says itself, and across tools an id of the other one or an address
-- in common, which has to be one, or the hash of one: n/a is nobody's. The tool that
-- lead_scoring_sources names first keeps its lead.
with leads as (
    select * from {{ ref('stg_lead_scoring__known_leads') }}
    where put_aside is null
),

own_merges as (
    select * from {{ ref('stg_lead_scoring__known_merges') }}
),

shared_users as (
    select * from {{ ref('stg_lead_scoring__shared_users') }}
),

deleted_leads as (
    select distinct lead_id
    from leads
    where deleted_at is not null
),

living_leads as (
    select distinct
        leads.place,
        leads.lead_id,
        {{ lead_scoring.salesforce_id('leads.crm_id') }} as crm_id,
        case
            when shared_users.shared_user is null
                then {{ lead_scoring.normalised('leads.email') }}
        end as address
    from leads
    left join deleted_leads on leads.lead_id = deleted_leads.lead_id
    left join shared_users
        on {{ lead_scoring.normalised('leads.email') }} = shared_users.shared_user
    where deleted_leads.lead_id is null
),

ranked_addresses as (
    select
        *,
        row_number() over (
            partition by address
            order by place, length(lead_id), lead_id
        ) as rank_of_address
    from living_leads
    where
        {{ lead_scoring.is_mail_address('address') }}
        -- of an address, for those who export no others
        or {{ lead_scoring.matches_pattern('address', '^[0-9a-f]{32,128}$') }}
),

links as (
    select
        leads_of_tool.lead_id,
        others.lead_id as merged_into_lead_id,
        2 as closeness
    from ranked_addresses as leads_of_tool
    inner join ranked_addresses as others
        on
            leads_of_tool.address = others.address
            and others.rank_of_address = 1
            and leads_of_tool.place > others.place
    union all
    select
        case
            when others.place < leads_of_tool.place then leads_of_tool.lead_id
            else others.lead_id
        end as lead_id,
        case
            when others.place < leads_of_tool.place then others.lead_id
            else leads_of_tool.lead_id
        end as merged_into_lead_id,
        1 as closeness
    from living_leads as leads_of_tool
    inner join living_leads as others
        on leads_of_tool.crm_id = others.lead_id and leads_of_tool.place <> others.place
),

ranked_links as (
    select
        links.lead_id,
        links.merged_into_lead_id,
        row_number() over (
            partition by links.lead_id
            order by links.closeness, length(links.merged_into_lead_id), links.merged_into_lead_id
        ) as rank_of_link
    from links
    left join own_merges on links.lead_id = own_merges.lead_id
    where own_merges.lead_id is null
),

final as (
    select
        lead_id,
        merged_into_lead_id,
        merged_at
    from own_merges
    where put_aside is null
    union all
    select
        lead_id,
        merged_into_lead_id,
        null as merged_at
    from ranked_links
    where rank_of_link = 1
)

select * from final
