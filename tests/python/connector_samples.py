"""A small export of each tool, made up: what docs/how-to/connectors show, and tests count.

Of each tool somebody has a score, and every cause by which rows are put aside has one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from connector_reading import Files

# Whom the pages explain, and the instant that the scores speak about.
EXPLAINED: Mapping[str, str] = {
    "hubspot": "101",
    "salesforce": "003000000000001",
    "marketo": "marketo-11",
    "segment": "segment-gil",
    "snowplow": "102",
    "ga4": "103",
}
AS_OF = "2026-06-30T00:00:00Z"

CONTACT: dict[str, object] = {
    "property_createdate": "2026-02-01 09:00:00",
    "property_country": "Germany",
    "property_numemployees": "800",
    "_fivetran_deleted": "FALSE",
}
HUBSPOT: Files = {
    "contact.csv": [
        {"id": 101, "property_email": "ann@acme.com", "property_jobtitle": "VP Marketing"}
        | {"property_hs_merged_object_ids": "100"}
        | CONTACT,
        {"id": 100, "property_email": "ann@old.com", "property_jobtitle": ""} | CONTACT,
        {"id": 102, "property_email": "mia@blue.com", "property_jobtitle": "CTO"} | CONTACT,
        {"id": 103, "property_email": "tom@green.com", "property_jobtitle": "Analyst"} | CONTACT,
        {"id": 104, "property_email": "old@acme.com"} | CONTACT | {"_fivetran_deleted": "TRUE"},
    ],
    "contact_merge_audit.csv": [
        {"vid_to_merge": 100, "canonical_vid": 101, "timestamp": "2026-03-01 00:00:00"},
        {"vid_to_merge": 99, "canonical_vid": 98, "timestamp": "2026-03-01 00:00:00"},
    ],
    "contact_property_history.csv": [
        {"contact_id": 101, "name": name, "value": value, "timestamp": "2026-06-01 10:00:00"}
        for name, value in (
            ("lifecyclestage", "salesqualifiedlead"),
            ("lifecyclestage", "subscriber"),  # outcome_stages has no row for it
            ("lifecyclestage", "customer"),  # and a blank one for this: deals say so
            ("hs_lead_status", "CONNECTED"),
            ("jobtitle", "VP Marketing"),
        )
    ],
    "contact_form_submission.csv": [
        {"contact_id": 101, "form_id": "f1", "timestamp": "2026-06-10 10:00:00"}
        | {"conversion_id": "c1", "page_url": "https://us.com/demo"},
    ],
    "form.csv": [{"guid": "f1", "name": "Request a demo"}],
    "email_event.csv": [
        {"id": name, "type": kind, "created": "2026-06-20 10:00:00", "recipient": recipient}
        | {"filtered_event": "FALSE", "obsoleted_by_id": later}
        for name, kind, recipient, later in (
            ("a", "CLICK", "Ann@old.com", ""),
            ("b", "OPEN", "ann@acme.com", "a"),
            ("c", "SENT", "ann@acme.com", ""),
        )
    ],
    "engagement.csv": [
        {"id": 1, "type": "MEETING", "timestamp": "2026-06-15 10:00:00"},
        {"id": 2, "type": "MEETING", "timestamp": "2026-06-15 10:00:00"},
    ],
    "engagement_contact.csv": [{"engagement_id": 1, "contact_id": 101}],
    "deal.csv": [{"deal_id": deal, "deal_pipeline_stage_id": "s2"} for deal in (7, 8, 9, 10)],
    "deals_archived.csv": [{"id": 9}],
    "merged_deal.csv": [{"deal_id": 7, "merged_deal_id": 8}],
    "deal_contact.csv": [{"deal_id": deal, "contact_id": 101} for deal in (7, 8, 9)],
    "deal_stage.csv": [
        {"deal_id": deal, "value": stage, "date_entered": day}
        for deal, stage, day in (
            (7, "s1", "2026-06-16 00:00:00"),
            (7, "s2", "2026-06-18 00:00:00"),
            (55, "s1", "2026-06-16 00:00:00"),
        )
    ],
    "deal_pipeline_stage.csv": [
        {"stage_id": stage, "label": label, "is_closed": "FALSE", "probability": "0.5"}
        for stage, label in (("s1", "First talk"), ("s2", "Offer"))
    ],
}
LEAD: dict[str, object] = {
    "Id": "00Q000000000001AAA",
    "CreatedDate": "2026-03-01T09:00:00.000+0000",
    "LastModifiedDate": "2026-05-01T09:00:00.000+0000",
    "Email": "eve@north.com",
    "Title": "Head of IT",
    "Country": "France",
    "NumberOfEmployees": "450",
    "Status": "Working - Contacted",
    "IsDeleted": "0",
}
SALESFORCE: Files = {
    "Lead.csv": [
        LEAD
        | {"ConvertedContactId": "003000000000001AAA", "ConvertedDate": "2026-05-01"}
        | {"IsConverted": "1", "Status": "Closed - Converted"},
        LEAD
        | {"Id": "00Q000000000002AAA", "Email": "", "MasterRecordId": "00Q000000000009AAA"}
        | {"IsDeleted": "1", "Status": "Open"},
    ],
    "LeadHistory.csv": [
        {"LeadId": "00Q000000000001AAA", "Field": field, "NewValue": value}
        | {"CreatedDate": "2026-04-01T09:00:00.000+0000"}
        for field, value in (("Status", "Working - Contacted"), ("Rating", "Hot"))
    ],
    "Contact.csv": [
        {"Id": "003000000000001AAA", "CreatedDate": "2026-05-01T09:00:00.000+0000"}
        | {"Email": "eve@north.com", "Title": "Head of IT", "AccountId": "001000000000001AAA"}
        | {"MailingCountry": "France", "IsDeleted": "0"},
    ],
    "Account.csv": [
        {"Id": "001000000000001AAA", "Name": "North", "NumberOfEmployees": "450"}
        | {"Website": "https://www.north.com"},
    ],
    "Campaign.csv": [{"Id": "701000000000001AAA", "Name": "Spring", "Type": "Webinar"}],
    "CampaignMember.csv": [
        {"Id": f"00v00000000000{number}AAA", "CampaignId": "701000000000001AAA"}
        | {"LeadId": "00Q000000000001AAA", "Status": status, "IsDeleted": deleted}
        | {"CreatedDate": "2026-06-02"}
        for number, status, deleted in ((1, "Attended", "0"), (2, "Sent", "0"), (3, "Sent", "1"))
    ],
    "Task.csv": [
        {"Id": "00T000000000001AAA", "WhoId": "003000000000001AAA", "TaskSubtype": "Call"}
        | {"IsClosed": "0", "ActivityDate": "2026-09-01", "IsDeleted": "0"},
    ],
    "Event.csv": [
        {"Id": f"00U00000000000{number}AAA", "WhoId": who, "IsDeleted": "0"}
        | {"StartDateTime": "2026-06-20T09:00:00.000+0000"}
        for number, who in ((1, "003000000000001AAA"), (2, "001000000000001AAA"))
    ],
    "Opportunity.csv": [
        {"Id": f"00600000000000{number}AAA", "AccountId": account, "StageName": "Offer"}
        | {"IsClosed": "0", "IsWon": "0", "IsDeleted": deleted, "CreatedDate": "2026-06-21"}
        for number, account, deleted in (
            (1, "001000000000001AAA", "0"),
            (2, "", "0"),
            (3, "001000000000001AAA", "1"),
        )
    ],
    "OpportunityHistory.csv": [
        {"OpportunityId": "006000000000001AAA", "StageName": stage, "CreatedDate": day}
        for stage, day in (("Talk", "2026-06-21"), ("Offer", "2026-06-25"))
    ],
}
ACTIVITY: dict[str, object] = {"activity_type_id": 1, "activity_date": "2026-06-11 10:00:00"}
MARKETO: Files = {
    "lead.csv": [
        {"id": 11, "created_at": "2026-02-01 00:00:00", "email": "ida@west.com"}
        | {"title": "Director of Sales", "number_of_employees": "300", "country": "Austria"},
    ],
    "activity_fill_out_form.csv": [
        ACTIVITY | {"id": 1, "lead_id": 12, "primary_attribute_value": "Demo form"}
    ],
    "activity_visit_webpage.csv": [
        ACTIVITY
        | {"id": 2, "lead_id": 11, "primary_attribute_value": "Pricing"}
        | {"webpage_url": "/pricing", "activity_date": "2026-06-25 10:00:00"},
    ],
    "activity_interesting_moment.csv": [
        ACTIVITY | {"id": 3, "lead_id": 11, "primary_attribute_value": "Web"}
    ],
    "activity_change_data_value.csv": [
        ACTIVITY
        | {"id": number, "lead_id": 11, "primary_attribute_value": field, "new_value": value}
        | {"activity_date": f"2026-06-1{number} 10:00:00"}
        for number, field, value in (
            (4, "Lead Status", "Contacted"),
            (5, "Lead Status", "Contacted"),
            (6, "Lead Status", "Sleeping"),
            (7, "City", "Graz"),
        )
    ],
    "activity_merge_leads.csv": [
        ACTIVITY | {"id": 8, "lead_id": 11, "merge_ids": "[12]", "primary_attribute_value": ""},
        ACTIVITY | {"id": 9, "lead_id": 11, "merge_ids": "[12]", "primary_attribute_value": ""},
    ],
    "activity_delete_lead.csv": [
        ACTIVITY | {"id": 10, "lead_id": 13, "primary_attribute_value": ""}
    ],
}
SEEN: dict[str, object] = {
    "received_at": "2026-06-21T10:00:01Z",
    "timestamp": "2026-06-21T10:00:00Z",
}
SEGMENT: Files = {
    "users.csv": [
        {"id": "gil", "received_at": "2026-06-20T10:00:00Z", "email": "gil@south.com"}
        | {"title": "Founder", "employees": "40", "country": "Spain"},
    ],
    "identifies.csv": [
        SEEN
        | {"id": "i1", "anonymous_id": "D", "user_id": "gil", "email": "gil@south.com"}
        | {"timestamp": "2026-06-01T10:00:00Z"},
        SEEN | {"id": "i2", "anonymous_id": "E", "user_id": "", "email": ""},
    ],
    "pages.csv": [
        SEEN | {"id": "p1", "anonymous_id": "D", "url": "https://us.com/pricing", "user_id": ""},
        SEEN | {"id": "p2", "anonymous_id": "F", "url": "https://us.com/pricing", "user_id": ""},
    ],
    "tracks.csv": [
        SEEN | {"id": "t1", "anonymous_id": "D", "user_id": "gil", "event": "trial_started"},
    ],
    "aliases.csv": [SEEN | {"previous_id": "D", "user_id": "gil"}],
}
SNOWPLOW: Files = {
    "events.csv": [
        {"event_id": name, "event": "page_view", "event_name": event, "user_id": user}
        | {"domain_userid": cookie, "collector_tstamp": "2026-06-22 10:00:00"}
        | {"page_url": "https://us.com/pricing"}
        for name, event, user, cookie in (
            ("s1", "page_view", "102", "K"),
            ("s2", "page_view", "", "K"),  # of the same browser
            ("s3", "page_ping", "102", "K"),
            ("s4", "page_view", "", "L"),
        )
    ],
}
PARAMETERS = json.dumps(
    [{"key": "page_location", "value": {"string_value": "https://us.com/pricing"}}]
)
GA4: Files = {
    "event.csv": [
        {"event_date": day, "event_timestamp": at, "event_name": name, "user_id": user}
        | {"event_params": PARAMETERS, "user_pseudo_id": browser, "stream_id": "1"}
        | {"is_intraday": is_intraday}
        for day, at, name, user, browser, is_intraday in (
            ("20260623", 1_782_208_800_000_000, "page_view", "103", "B", "false"),
            ("20260623", 1_782_208_800_000_000, "page_view", "103", "B", "true"),
            ("20260624", 1_782_295_200_000_000, "page_view", "", "B", "true"),
            ("20260624", 1_782_295_200_000_001, "session_start", "", "B", "true"),
            ("20260624", 1_782_295_200_000_002, "page_view", "", "C", "true"),
        )
    ],
}
SAMPLES: Mapping[str, Files] = {
    "hubspot": HUBSPOT,
    "salesforce": SALESFORCE,
    "marketo": MARKETO,
    "segment": SEGMENT,
    "snowplow": SNOWPLOW,
    "ga4": GA4,
}
ALL: Files = {
    f"{tool}/{name}": rows for tool, files in SAMPLES.items() for name, rows in files.items()
}
