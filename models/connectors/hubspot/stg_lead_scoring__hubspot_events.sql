-- A mail knows an address alone: whose that is, known_events says for all tools.
with {{ lead_scoring.vendor_imports('hubspot', [
    'email_event', 'email_event_click', 'email_event_open', 'email_event_bounce',
    'email_event_status_change', 'email_campaign', 'contact_form_submission', 'form',
    'engagement', 'engagement_contact', 'engagement_meeting',
]) }},

mails as (
    select
        mail.*,
        lower(mail.type) || coalesce(' ' || lower(bounce.category), '')
        || coalesce(' ' || lower(status_change.status), '') as event_name,
        click.url,
        coalesce(email_campaign.name, mail.campaign_id) as asset,
        coalesce(click.user_agent, email_event_open.user_agent) as user_agent,
        case when mail.replaced_by_id is not null then 'replaced by a later one' end as put_aside
    from email_event as mail
    left join email_event_click as click on mail.event_id = click.event_id
    left join email_event_open on mail.event_id = email_event_open.event_id
    left join email_event_bounce as bounce on mail.event_id = bounce.event_id
    left join email_event_status_change as status_change on mail.event_id = status_change.event_id
    left join email_campaign on mail.campaign_id = email_campaign.campaign_id
),

forms as (
    select
        submission.*,
        'form-' || coalesce(
            submission.conversion_id,
            submission.lead_id || '-' || submission.form_id || '-' || submission.occurred_at
        ) as event_id,
        coalesce(form.name, submission.title) as asset
    from contact_form_submission as submission
    left join form on submission.form_id = form.form_id
),

engagements as (
    select
        engagement.engagement_id || '-' || person.lead_id as event_id,
        person.*,
        lower(coalesce(engagement.type, person.type, 'meeting'))
        || coalesce(' ' || lower(meeting.outcome), '') as event_name,
        coalesce(meeting.start_at, engagement.created_at) as occurred_at,
        meeting.title as asset,
        case when person.lead_id is null then 'about nobody' end as put_aside
    from engagement
    left join engagement_contact as person on engagement.engagement_id = person.engagement_id
    left join engagement_meeting as meeting on engagement.engagement_id = meeting.engagement_id
),

final as (
    {{ lead_scoring.united_rows(['event_id', 'event_name', 'occurred_at', 'channel', 'asset'], {
        'mails': ['address', 'url', 'user_agent', 'is_bot', 'put_aside'],
        'forms': ['lead_id', 'url'], 'engagements': ['lead_id', 'put_aside'],
    }) }}
)

select * from final
