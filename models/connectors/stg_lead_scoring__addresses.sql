-- Whose an e-mail address is within a tool, for events that know no more of a person: one lead has
-- it, or they would count twice.
with leads as (
    select
        *,
        coalesce(email || coalesce(';' || further_emails, ''), further_emails) as addresses
    from {{ ref('stg_lead_scoring__known_leads') }}
    where put_aside is null
),

parts as (
    {{ lead_scoring.split_rows('leads', 'addresses', ';', 'part') }}
),

ranked_parts as (
    select
        tool,
        lead_id,
        {{ lead_scoring.normalised('part') }} as address,
        row_number() over (
            partition by tool, {{ lead_scoring.normalised('part') }}
            order by
                case when {{ lead_scoring.is_set('is_deleted') }} then 1 else 0 end,
                case when is_merged then 1 else 0 end,
                case when part = email then 0 else 1 end,
                length(lead_id),
                lead_id
        ) as place
    from parts
),

final as (
    select
        tool,
        address,
        lead_id
    from ranked_parts
    where address is not null and place = 1
)

select * from final
