"""What the connector of HubSpot must get right: each test is a complaint of people who use it.

The rows are made up. The numbers are those of the table of complaints in docs/how-to/connectors.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from connector_reading import Files, read
from connector_rows import DEALS, contact, mail
from lead_scoring.exports.counts import COUNTS


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
                deal
                | {
                    "Record ID": 3,
                    "Deal Stage": "Contract Sent",
                    "Create Date": "2026-02-02",
                    "Close Date": "2030-01-01",
                },
            ],
        },
        date_order="mdy",
    )
    assert found.rows("leads", "lead_id", "created_at", "employee_count", "country") == [
        ("7", "3/1/2026 2:30 PM", "51-200", "France")
    ]
    assert found.rows("outcomes", "lead_id", "outcome", "occurred_at", "amount") == [
        ("7", "opportunity", "2026-02-02", "1,200"),
        ("7", "won", "2026-04-01", "1,200"),
    ]
    # whether a stage of one's own is open, nothing tells
    fates = found.of_model(COUNTS, "fate", "input_rows")
    assert ("not in outcome_stages", 1) in fates


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


def test_a_field_takes_no_place_of_a_column_of_the_tool(tmp_path: Path) -> None:
    rows = [
        {"Record ID": 101, "Email": "a@acme.com", "Create Date": "2026-01-01", "City": "Berlin"}
        | {"Property ID": "P-77", "Property City": "Madrid", "Property Country": "Spain"},
        {"Record ID": 102, "Email": "b@acme.com", "Create Date": "2026-01-01", "City": "Bern"}
        | {"Property ID": "P-77"},
    ]
    found = read(tmp_path, {"all contacts.csv": rows}, "hubspot")
    assert found.rows("leads", "lead_id", "city", "country") == [
        ("101", "Berlin", None),
        ("102", "Bern", None),
    ]


def test_of_a_loader_the_own_column_comes_before_a_field_of_its_name(tmp_path: Path) -> None:
    row = {"property_id": "P-77", "id": 5, "property_createdate": "2026-01-01 00:00:00"}
    assert read(tmp_path, {"contact.csv": [row]}, "hubspot").rows("leads", "lead_id") == ["5"]


def test_a_property_that_is_called_id_is_not_the_record_s(tmp_path: Path) -> None:
    person = {"Record ID": 7, "ID": "P-1", "Email": "ann@acme.com", "Create Date": "2026-01-01"}
    deal = {"Record ID": 8, "Deal ID": "D-1", "ID": "P-2", "Deal Stage": "Closed Won"}
    deal |= {"Associated Contact IDs": 7, "Close Date": "2026-02-02"}
    found = read(tmp_path, {"contacts.csv": [person], "deals.csv": [deal]}, "hubspot")
    assert found.rows("leads", "lead_id") == ["7"]
    assert found.rows("outcomes", "outcome_id") == ["hubspot-deal-8-won-2026-02-02"]
    row = {"property_record_id": "P-77", "id": 5, "property_createdate": "2026-01-01 00:00:00"}
    assert read(tmp_path / "of_a_loader", {"contact.csv": [row]}).rows("leads", "lead_id") == ["5"]


def test_of_two_exports_of_a_company_the_later_one_counts(tmp_path: Path) -> None:
    company = {"Record ID": 3, "Company Domain Name": "acme.com"}
    found = read(
        tmp_path,
        {
            "contacts.csv": [
                {"Record ID": 7, "Email": "ann@acme.com", "Create Date": "2026-01-01"}
                | {"Associated Company IDs": 3}
            ],
            **{
                f"companies of {day}.csv": [
                    company | {"Company name": name, "Last Modified Date": f"2026-0{day}-01"}
                ]
                for day, name in ((1, "Old"), (3, "New"), (2, "Middle"))
            },
        },
        "hubspot",
    )
    assert found.rows("leads", "lead_id", "company_name") == [("7", "New")]


def test_of_two_exports_without_dates_it_is_the_same_one_in_any_order(tmp_path: Path) -> None:
    person = {"Record ID": 7, "Email": "ann@acme.com", "Create Date": "2026-01-01"}
    company = {"Record ID": 3, "Company name": "Acme", "Company Domain Name": "acme.com"}
    industries = set()
    for number, pair in enumerate((("Old", "New"), ("New", "Old"))):
        files = {
            f"companies {place}.csv": [company | {"Industry": industry}]
            for place, industry in enumerate(pair)
        }
        people = {"contacts.csv": [person | {"Associated Company IDs": 3}]}
        found = read(tmp_path / str(number), {**people, **files}, "hubspot")
        industries.update(found.rows("leads", "industry"))
    assert industries == {"New"}


def test_6_a_portal_in_utc_is_one_where_the_inputs_are_not(tmp_path: Path) -> None:
    rows = [{"Record ID": 1, "Email": "a@acme.com", "Create Date": "2026-03-12 23:30"}]
    found = read(
        tmp_path,
        {"all contacts.csv": rows},
        hubspot={"time_zone": "UTC"},
        input_time_zone="Europe/Berlin",
    )
    assert found.rows("leads", "created_at") == ["2026-03-12 23:30:00Z"]
