"""What the connectors of Salesforce and Marketo must get right: complaints of people who use them.

The rows are made up. The numbers are those of the table of complaints in docs/how-to/connectors.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from connector_reading import read
from connector_rows import CONTACT, LEAD
from lead_scoring.exports.counts import COUNTS


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


def test_a_report_without_flags_is_read_by_the_stages_of_the_tool(tmp_path: Path) -> None:
    deal = {"Contact ID": LEAD["Id"], "Created Date": "2026-01-02", "Close Date": "2026-02-02"}
    found = read(
        tmp_path,
        {
            "Lead.csv": [LEAD],
            "Opportunity.csv": [
                deal | {"Opportunity ID": f"006{number}", "Stage": stage}
                for number, stage in enumerate(
                    ("Closed Won", "Closed Lost", "Needs Analysis", "Verschickt")
                )
            ],
        },
        "salesforce",
    )
    assert found.rows("outcomes", "outcome", "occurred_at") == [
        ("lost", "2026-02-02"),
        ("opportunity", "2026-01-02"),
        ("won", "2026-02-02"),
    ]
    fates = found.of_model(COUNTS, "fate", "input_rows")
    assert ("not in outcome_stages", 2) in fates  # and a lead that is not converted


def test_a_report_of_accounts_is_known_by_four_of_its_columns(tmp_path: Path) -> None:
    account = {"Account ID": "001000000000001", "Account Name": "Acme", "Website": "acme.com"}
    files = {"Lead.csv": [LEAD], "all of them.csv": [account | {"Industry": "Steel"}]}
    found = read(tmp_path, files, "salesforce")
    assert {each.table for each in found.exports.files} == {"lead", "account"}


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
    assert found.of_model(model, "event_id", "event_name", "put_aside") == [
        ("00T0", "task call", "planned"),
        ("00T1", "task call", None),
    ]


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


@pytest.mark.parametrize("merged", ["[2, 3]", "2;3"])  # as a list is read
def test_marketo_keeps_whom_it_merged_and_deleted(tmp_path: Path, merged: str) -> None:
    activity = {"activity_date": "2026-02-01 00:00:00", "activity_type_id": 32}
    found = read(
        tmp_path,
        {
            "lead.csv": [{"id": 1, "created_at": "2026-01-01", "sfdcLeadId": ""}],
            "activity_merge_leads.csv": [
                activity
                | {"id": 9, "lead_id": 1, "merge_ids": merged, "primary_attribute_value": ""}
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


def test_whichever_flag_says_so_a_row_is_deleted(tmp_path: Path) -> None:
    flags = [("false", "true"), ("false", "false"), ("WAHR", ""), ("1.0", "false"), ("", "")]
    rows = [
        LEAD | {"Id": f"00Q00000000000{number}AAA", "IsDeleted": own, "_fivetran_deleted": loader}
        for number, (own, loader) in enumerate(flags, 1)
    ]
    found = read(tmp_path, {"Lead.csv": rows}, "salesforce")
    deleted = found.rows("leads", "lead_id", "deleted_at is not null")
    assert [is_deleted for _, is_deleted in deleted] == [True, False, True, True, False]


def test_what_is_no_id_of_salesforce_is_not_cut(tmp_path: Path) -> None:
    uuid = "3fa85f64-5717-4562-b3fc-2c963f66afa6"
    rows = [LEAD | {"external_id__c": uuid, "Company": "Acme"}]
    found = read(
        tmp_path,
        {"Lead.csv": rows},
        "salesforce",
        salesforce={"columns": {"external_id": "external_id__c"}},
    )
    assert found.rows("leads", "lead_id", "external_id") == [("00Q000000000001", uuid)]
