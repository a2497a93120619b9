{%- set nothing = 'cast(null as ' ~ lead_scoring.type_name('text') ~ ')' %}

with {{ lead_scoring.vendor_imports('hubspot', [
    'contact', 'email_event', 'email_event_click', 'email_event_open', 'email_event_bounce',
    'email_event_status_change', 'email_campaign', 'contact_form_submission', 'form',
    'engagement', 'engagement_contact', 'engagement_meeting',
]) }},

merged as (
    select distinct lead_id from {{ ref('stg_lead_scoring__hubspot_lead_merges') }}
),

contacts as (
    select
        contact.lead_id,
        contact.email,
        contact.is_deleted,
        merged.lead_id as merged_id,
        coalesce(contact.email, '') || ';' || coalesce(contact.further_emails, '') as addresses
    from contact
    left join merged on contact.lead_id = merged.lead_id
),

parts as (
    {{ lead_scoring.split_rows('contacts', 'addresses', ';', 'part') }}
),

-- an e-mail event knows an address alone: one contact has it, or the event would count twice
owners as (
    select
        lead_id,
        {{ lead_scoring.normalised('part') }} as address,
        row_number() over (
            partition by {{ lead_scoring.normalised('part') }}
            order by
                case when {{ lead_scoring.is_set('is_deleted') }} then 1 else 0 end,
                case when merged_id is null then 0 else 1 end,
                case when part = email then 0 else 1 end,
                length(lead_id),
                lead_id
        ) as place
    from parts
),

mails as (
    select
        mail.id as event_id,
        owners.lead_id,
        lower(mail.type) || coalesce(' ' || lower(bounce.category), '')
        || coalesce(' ' || lower(status_change.status), '') as event_name,
        mail.occurred_at,
        'email' as channel,
        click.url,
        coalesce(email_campaign.name, mail.campaign_id) as asset,
        coalesce(click.user_agent, email_event_open.user_agent) as user_agent,
        mail.is_bot
    from email_event as mail
    left join owners
        on {{ lead_scoring.normalised('mail.recipient') }} = owners.address and owners.place = 1
    left join email_event_click as click on mail.id = click.id
    left join email_event_open on mail.id = email_event_open.id
    left join email_event_bounce as bounce on mail.id = bounce.id
    left join email_event_status_change as status_change on mail.id = status_change.id
    left join email_campaign on mail.campaign_id = email_campaign.campaign_id
    where mail.replaced_by_id is null
),

forms as (
    select
        'form-' || coalesce(
            submission.conversion_id,
            submission.lead_id || '-' || submission.form_id || '-' || submission.occurred_at
        ) as event_id,
        submission.lead_id,
        'form submitted' as event_name,
        submission.occurred_at,
        'web' as channel,
        submission.page_url as url,
        coalesce(form.name, submission.title) as asset,
        {{ nothing }} as user_agent,
        {{ nothing }} as is_bot
    from contact_form_submission as submission
    left join form on submission.form_id = form.form_id
),

engagements as (
    select
        engagement.id || '-' || participant.lead_id as event_id,
        participant.lead_id,
        lower(coalesce(engagement.type, participant.type, 'meeting'))
        || coalesce(' ' || lower(meeting.outcome), '') as event_name,
        coalesce(meeting.start_at, engagement.created_at) as occurred_at,
        'sales' as channel,
        {{ nothing }} as url,
        meeting.title as asset,
        {{ nothing }} as user_agent,
        {{ nothing }} as is_bot
    from engagement
    inner join engagement_contact as participant on engagement.id = participant.engagement_id
    left join engagement_meeting as meeting on engagement.id = meeting.engagement_id
),

final as (
    select * from mails
    union all
    select * from forms
    union all
    select * from engagements
)

select * from final
