"""What a connector of a CRM must get right: each test is a complaint of people who use the tool.

The rows are made up. The numbers are those of the table of complaints in docs/how-to/connectors.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from connector_reading import Files, read

HUBSPOT_ROW = {"property_createdate": "2026-01-01 00:00:00", "_fivetran_deleted": "FALSE"}
LEAD = {
    "Id": "00Q000000000001AAA",
    "CreatedDate": "2026-01-05T09:00:00.000+0000",
    "IsDeleted": "false",
    "SystemModstamp": "2026-06-01T09:00:00.000+0000",
}
CONTACT = LEAD | {"Id": "003000000000009AAA", "CreatedDate": "2026-06-01T09:00:00.000+0000"}


def contact(number: int, **columns: object) -> dict[str, object]:
    return {"id": number, **HUBSPOT_ROW, **{f"property_{name}": columns[name] for name in columns}}


def mail(number: str, recipient: str, **columns: object) -> dict[str, object]:
    row = {"id": number, "type": "CLICK", "created": "2026-03-01 10:00:00", "recipient": recipient}
    return row | {"filtered_event": "false"} | columns


def test_1_merges_are_those_of_merged_object_ids_in_chains_too(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        {
            "contact.csv": [
                contact(3, hs_merged_object_ids="1;2", hs_calculated_merged_vids="2:1768000000000"),
                contact(2, hs_merged_object_ids="1"),
                contact(1),
            ]
        },
    )
    assert found.rows("lead_merges", "lead_id", "merged_into_lead_id", "merged_at") == [
        ("1", "2", None),
        ("1", "3", None),
        ("2", "3", "1768000000000"),
    ]


def test_2_an_address_of_two_contacts_counts_an_event_once(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        {
            "contact.csv": [
                contact(30, email="ann@acme.com", hs_merged_object_ids="4"),
                contact(4, email="Ann@acme.com"),
                contact(50, email="ann@acme.com"),
                contact(60, email="bob@acme.com", hs_additional_emails="rob@acme.com;b@acme.com"),
                contact(7, email="b@acme.com") | {"_fivetran_deleted": "TRUE"},
            ],
            "email_event.csv": [
                mail("a", "ann@acme.com"),
                mail("b", " ANN@acme.com"),
                mail("c", "b@acme.com"),
                mail("d", "nobody@acme.com"),
            ],
        },
    )
    assert found.rows("events", "event_id", "lead_id") == [
        ("a", "30"),
        ("b", "30"),
        ("c", "60"),
        ("d", None),
    ]


def test_two_addresses_a_chain_of_three_and_one_deleted_are_one_lead(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        {
            "contact.csv": [
                contact(
                    3,
                    email="ann@new.com",
                    hs_additional_emails="ann@old.com",
                    hs_merged_object_ids="1;2",
                ),
                contact(2, email="ann@old.com", hs_merged_object_ids="1"),
                contact(1, email="ann@older.com") | {"_fivetran_deleted": "TRUE"},
            ],
            "email_event.csv": [mail("a", "ann@old.com"), mail("b", "ann@older.com")],
        },
    )
    ends = {"1": "3", "2": "3"}
    merges = found.rows("lead_merges", "lead_id", "merged_into_lead_id")
    assert {ends.get(lead, lead) for _, lead in merges} == {"3"}
    assert found.rows("leads", "lead_id", "deleted_at is null") == [
        ("1", True),
        ("2", True),
        ("3", True),
    ]
    assert [
        (event, ends.get(lead, lead)) for event, lead in found.rows("events", "event_id", "lead_id")
    ] == [("a", "3"), ("b", "3")]


DEALS: Files = {
    "contact.csv": [contact(1), contact(2)],
    "deal_contact.csv": [
        {"deal_id": deal, "contact_id": lead} for deal in (7, 8, 9) for lead in (2, 1)
    ],
    "deal_stage.csv": [
        {"deal_id": deal, "value": stage, "date_entered": f"2026-0{month}-01 00:00:00"}
        for deal in (7, 8, 9)
        for month, stage in ((1, "s1"), (2, "s2"), (3, "s3"))
    ],
    "deal_pipeline_stage.csv": [
        {"stage_id": "s1", "label": "Won already", "is_closed": "FALSE", "probability": "0.2"},
        {"stage_id": "s2", "label": "Talks", "is_closed": "FALSE", "probability": "0.5"},
        {"stage_id": "s3", "label": "Shipped", "is_closed": "TRUE", "probability": "1.0"},
    ],
    "deal.csv": [{"deal_id": deal, "property_closedate": "2030-01-01"} for deal in (7, 8, 9)],
}


def test_3_a_merged_or_archived_deal_counts_no_second_win(tmp_path: Path) -> None:
    merged: Files = {"merged_deal.csv": [{"deal_id": 7, "merged_deal_id": 8}]}
    archived: Files = {"deals_archived.csv": [{"id": 9}]}
    found = read(tmp_path, {**DEALS, **merged, **archived}, "hubspot")
    # three open stages in a row are one opportunity; a deal is its first contact's
    assert found.rows("outcomes", "lead_id", "outcome", "occurred_at") == [
        ("1", "opportunity", "2026-01-01 00:00:00"),
        ("1", "won", "2026-03-01 00:00:00"),
    ]


def test_exports_of_hubspot_s_screens_are_read_as_they_are(tmp_path: Path) -> None:
    person = {"Record ID": 7, "Email": "ann@acme.com", "Create Date": "3/1/2026 2:30 PM"}
    deal = {"Deal Name": "X", "Associated Contact IDs": "7;8", "Amount": "1,200"}
    found = read(
        tmp_path,
        {
            "hubspot-crm-exports-all-contacts.csv": [
                person | {"Number of Employees": "51-200", "Country/Region": "France"}
            ],
            "my deals.csv": [
                deal | {"Record ID": 1, "Deal Stage": "Closed Won", "Close Date": "2026-04-01"},
                deal | {"Record ID": 2, "Deal Stage": "Talks", "Create Date": "2026-02-01"},
            ],
        },
        date_order="mdy",
    )
    assert found.rows("leads", "lead_id", "created_at", "employee_count", "country") == [
        ("7", "3/1/2026 2:30 PM", "51-200", "France")
    ]
    assert found.rows("outcomes", "lead_id", "outcome", "occurred_at", "amount") == [
        ("7", "opportunity", "2026-02-01", "1,200"),
        ("7", "won", "2026-04-01", "1,200"),
    ]


def test_a_deal_that_is_open_again_is_reopened(tmp_path: Path) -> None:
    steps = [("s1", 1), ("s2", 2), ("s9", 3), ("s2", 4), ("s3", 5)]
    stages = [*DEALS["deal_pipeline_stage.csv"], {"stage_id": "s9", "probability": "0.0"}]
    found = read(
        tmp_path,
        {
            **DEALS,
            "deal.csv": [{"deal_id": 7}],
            "deal_pipeline_stage.csv": stages,
            "deal_stage.csv": [
                {"deal_id": 7, "value": stage, "date_entered": f"2026-0{month}-01"}
                for stage, month in steps
            ],
        },
        "hubspot",
    )
    assert found.rows("outcomes", "occurred_at", "outcome") == [
        ("2026-01-01", "opportunity"),
        ("2026-03-01", "lost"),
        ("2026-04-01", "reopened"),
        ("2026-05-01", "won"),
    ]


def test_4_absent_tables_and_columns_read_as_null(tmp_path: Path) -> None:
    found = read(tmp_path, {"contact.csv": [{"id": 1, "property_createdate": "2026-01-01"}]})
    assert found.rows("leads", "lead_id", "created_at", "email") == [("1", "2026-01-01", None)]
    assert found.rows("events", "event_id") == found.rows("outcomes", "lead_id") == []


def test_4_a_renamed_flag_of_a_stage_is_read(tmp_path: Path) -> None:
    stages = [
        {"stage_id": "s1", "closed_won": "TRUE"},
        {"stage_id": "s2", "probability": "0.0"},
        {"stage_id": "s3", "closed_won": "FALSE", "probability": "0.9"},
    ]
    found = read(tmp_path, {**DEALS, "deal_pipeline_stage.csv": stages}, "hubspot")
    assert found.rows("outcomes", "distinct outcome") == ["lost", "reopened", "won"]


def test_5_a_filtered_event_is_a_bot_s(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        {
            "contact.csv": [contact(1, email="ann@acme.com")],
            "email_event.csv": [
                mail("a", "ann@acme.com", filtered_event="true"),
                mail("b", "ann@acme.com"),
                mail("c", "ann@acme.com", obsoleted_by_id="b"),
            ],
        },
    )
    assert found.rows("events", "event_id", "is_bot") == [("a", "true"), ("b", "false")]


def test_6_times_are_of_the_portal_s_zone_where_the_settings_say_so(tmp_path: Path) -> None:
    rows = [
        {"Record ID": 1, "Email": "a@acme.com", "Create Date": "2026-03-12 23:30"},
        {"Record ID": 2, "Email": "b@acme.com", "Create Date": "2026-03-12T23:30:00Z"},
        {"Record ID": 3, "Email": "c@acme.com", "Create Date": "soon"},
    ]
    found = read(tmp_path, {"all contacts.csv": rows}, hubspot={"time_zone": "America/New_York"})
    assert found.rows("leads", "lead_id", "created_at") == [
        ("1", "2026-03-13 03:30:00Z"),
        ("2", "2026-03-12 23:30:00Z"),
        ("3", "soon"),
    ]


def test_7_rows_of_a_history_are_versions(tmp_path: Path) -> None:
    versions = [
        {
            "id": "003000000000001AAA",
            "title": title,
            "created_date": "2025-01-01",
            "system_modstamp": "2026-05-05",
            "account_id": "001000000000001AAA",
            "_fivetran_active": active,
            "_fivetran_start": start,
        }
        for title, active, start in (
            ("Clerk", "FALSE", "2026-01-01"),
            ("CEO", "TRUE", "2026-04-01"),
        )
    ]
    accounts = [
        {
            "id": "001000000000001AAA",
            "name": name,
            "_fivetran_active": active,
            "_fivetran_start": "2026-01-01",
        }
        for name, active in (("Old", "FALSE"), ("New", "TRUE"))
    ]
    found = read(tmp_path, {"contact.csv": versions, "account.csv": accounts}, "salesforce")
    assert found.rows("leads", "lead_id", "updated_at", "job_title", "company_name") == [
        ("003000000000001", "2026-01-01", "Clerk", "New"),
        ("003000000000001", "2026-04-01", "CEO", "New"),
    ]


def test_8_a_flag_or_an_activity_says_who_is_deleted(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        {
            "contacts.csv": [
                {"id": 1, "createdAt": "2026-01-01", "hs_object_id": 1, "archived": "true"},
                {"id": 2, "createdAt": "2026-01-01", "hs_object_id": 2, "archived": "false"},
            ]
        },
    )
    assert found.rows("leads", "lead_id", "deleted_at is not null") == [("1", True), ("2", False)]


def test_11_a_formula_field_that_is_read_is_found(tmp_path: Path) -> None:
    fields = (("Lead", "Region__c"), ("Lead", "Tier__c"), ("Account", "Plan__c"))
    found = read(
        tmp_path,
        {
            "Lead.csv": [LEAD | {"Tier__c": "gold", "Plan__c": "pro"}],
            "fivetran_formula.csv": [{"object": each, "field": field} for each, field in fields],
        },
        "salesforce",
        salesforce={"columns": {"tier": "tier_c", "plan": "Plan__c"}},
    )
    model = "stg_lead_scoring__salesforce_formula_fields"
    assert found.of_model(model, "object", "field") == [("Lead", "Tier__c")]
    assert found.rows("leads", "tier", "plan") == [("gold", "pro")]


def test_a_converted_lead_is_its_contact_with_its_past(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        {
            "Lead.csv": [
                LEAD
                | {
                    "IsConverted": "1",
                    "ConvertedContactId": CONTACT["Id"],
                    "ConvertedDate": "2026-06-01",
                    "MasterRecordId": "000000000000000AAA",
                },
                LEAD | {"Id": "00Q000000000002AAA", "MasterRecordId": LEAD["Id"], "IsDeleted": "1"},
                LEAD | {"Id": "00Q000000000003AAA", "IsDeleted": "1"},
            ],
            "Contact.csv": [CONTACT],
        },
    )
    assert found.rows("lead_merges", "lead_id", "merged_into_lead_id", "merged_at") == [
        ("00Q000000000001", "003000000000009", "2026-06-01"),
        ("00Q000000000002", "00Q000000000001", LEAD["SystemModstamp"]),
    ]
    assert found.rows("leads", "lead_id", "deleted_at is not null") == [
        ("003000000000009", False),
        ("00Q000000000001", False),
        ("00Q000000000002", False),
        ("00Q000000000003", True),
    ]
    assert found.rows("outcomes", "lead_id", "outcome", "occurred_at") == [
        ("00Q000000000001", "accepted", "2026-06-01")
    ]


def test_a_planned_task_a_send_and_a_row_of_the_bin_are_no_activity(tmp_path: Path) -> None:
    member = {"LeadId": LEAD["Id"], "CampaignId": "701000000000001", "IsDeleted": "0"}
    found = read(
        tmp_path,
        {
            "Lead.csv": [LEAD],
            "Campaign.csv": [{"Id": "701000000000001AAA", "Name": "Fair", "Type": "Webinar"}],
            "CampaignMember.csv": [
                member | {"Id": "00v1", "Status": "Sent", "CreatedDate": "2026-02-01"},
                member | {"Id": "00v2", "Status": "Responded", "FirstRespondedDate": "2026-02-03"},
                member | {"Id": "00v3", "Status": "Attended", "IsDeleted": "1"},
            ],
            "Task.csv": [
                {"Id": "00T1", "WhoId": LEAD["Id"], "IsClosed": "0", "ActivityDate": "2026-09-01"}
            ],
            "Event.csv": [
                {"Id": "00U1", "WhoId": LEAD["Id"], "StartDateTime": "2026-02-04T09:00:00Z"},
                {"Id": "00U2", "WhoId": "001000000000001AAA", "StartDateTime": "2026-02-04"},
            ],
        },
    )
    assert found.rows("events", "event_id", "lead_id", "event_type", "asset", "occurred_at") == [
        ("00U1", "00Q000000000001", "meeting_booked", None, "2026-02-04T09:00:00Z"),
        ("00v2-responded", "00Q000000000001", "webinar_attended", "Fair", "2026-02-03"),
    ]


def test_a_planned_task_is_none_whatever_tasks_are_called(tmp_path: Path) -> None:
    tasks = [
        {"Id": f"00T{closed}", "WhoId": LEAD["Id"], "IsClosed": closed, "TaskSubtype": "Call"}
        for closed in (0, 1)
    ]
    found = read(tmp_path, {"Lead.csv": [LEAD], "Task.csv": tasks}, "salesforce")
    model = "stg_lead_scoring__salesforce_events"
    assert found.of_model(model, "event_id", "event_name") == [("00T1", "task call")]


def test_a_deal_counts_for_its_primary_role_by_its_history(tmp_path: Path) -> None:
    deal = {"AccountId": "001A", "IsDeleted": "0", "CreatedDate": "2026-01-01", "Amount": "10"}
    found = read(
        tmp_path,
        {
            "Contact.csv": [
                CONTACT | {"Id": "003000000000001AAA", "AccountId": "001A"},
                CONTACT | {"Id": "003000000000002AAA", "AccountId": "001A"},
            ],
            "Opportunity.csv": [
                deal | {"Id": "006A", "StageName": "Fine", "IsWon": "1", "IsClosed": "1"},
                deal | {"Id": "006B", "StageName": "Talks", "IsWon": "0", "IsClosed": "0"},
            ],
            "OpportunityHistory.csv": [
                {"Id": "008A", "OpportunityId": "006A", "StageName": stage, "CreatedDate": day}
                for stage, day in (("Talks", "2026-01-01"), ("Fine", "2026-03-01"))
            ],
            "OpportunityContactRole.csv": [
                {"Id": "00K1", "OpportunityId": "006A", "ContactId": "003000000000001"},
                {
                    "Id": "00K2",
                    "OpportunityId": "006A",
                    "ContactId": "003000000000002AAA",
                    "IsPrimary": "true",
                },
            ],
        },
        "salesforce",
    )
    assert found.rows("outcomes", "lead_id", "outcome", "occurred_at", "amount") == [
        ("003000000000001", "opportunity", "2026-01-01", "10"),
        ("003000000000002", "opportunity", "2026-01-01", "10"),
        ("003000000000002", "won", "2026-03-01", "10"),
    ]


def test_marketo_keeps_whom_it_merged_and_deleted(tmp_path: Path) -> None:
    activity = {"activity_date": "2026-02-01 00:00:00", "activity_type_id": 32}
    found = read(
        tmp_path,
        {
            "lead.csv": [{"id": 1, "created_at": "2026-01-01", "sfdcLeadId": ""}],
            "activity_merge_leads.csv": [
                activity
                | {"id": 9, "lead_id": 1, "merge_ids": "[2, 3]", "primary_attribute_value": ""}
            ],
            "activity_delete_lead.csv": [
                activity | {"id": 8, "lead_id": lead, "primary_attribute_value": ""}
                for lead in (3, 4)
            ],
            "activity_click_email.csv": [
                activity
                | {
                    "id": 7,
                    "lead_id": 2,
                    "primary_attribute_value": "Mail",
                    "is_bot_activity": "true",
                }
            ],
        },
        "marketo",
    )
    assert found.rows("leads", "lead_id", "deleted_at is not null") == [
        ("marketo-1", False),
        ("marketo-2", False),
        ("marketo-3", False),
        ("marketo-4", True),
    ]
    assert found.rows("lead_merges", "lead_id", "merged_into_lead_id") == [
        ("marketo-2", "marketo-1"),
        ("marketo-3", "marketo-1"),
    ]
    assert found.rows("events", "lead_id", "event_type", "is_bot") == [
        ("marketo-2", "email_clicked", "true")
    ]


@pytest.mark.parametrize(
    ("category", "count"), [("UNKNOWN_USER", 1), ("MAILBOX_FULL", 0), ("THROTTLED", 0)]
)
def test_a_soft_bounce_is_no_bounce(category: str, count: int, tmp_path: Path) -> None:
    found = read(
        tmp_path,
        {
            "contact.csv": [contact(1, email="ann@acme.com")],
            "email_event.csv": [mail("a", "ann@acme.com", type="BOUNCE")],
            "email_event_bounce.csv": [{"id": "a", "category": category}],
        },
    )
    assert found.rows("events", "event_type") == ["email_bounced"] * count
