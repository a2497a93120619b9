"""What flags and names of a deal's stage tell, and what they do not: made-up deals of HubSpot."""

from __future__ import annotations

from pathlib import Path

import pytest

from connector_reading import read
from connector_rows import contact


@pytest.mark.parametrize(
    ("flags", "outcomes"),
    [
        # of closed alone nobody knows whether it was won, of won alone not whether it is lost
        ({"Is Deal Closed": "true"}, []),
        ({"Is Deal Closed": "false"}, ["opportunity"]),
        ({"Is Closed Won": "false"}, []),
        ({"Is Closed Won": "true"}, ["won"]),
        ({"Is Closed Won": "false", "Is Deal Closed": "true"}, ["lost"]),
        ({"Is closed lost": "false"}, ["opportunity"]),
        ({}, []),
    ],
)
def test_a_stage_is_what_its_flags_tell_and_no_more(
    flags: dict[str, str], outcomes: list[str], tmp_path: Path
) -> None:
    person = {"Record ID": 7, "Email": "ann@acme.com", "Create Date": "2026-01-01"}
    deal = {"Record ID": "1", "Deal Stage": "Geliefert", "Create Date": "2026-02-01"}
    deal |= {"Associated Contact IDs": "7"} | flags
    found = read(tmp_path, {"contacts.csv": [person], "deals.csv": [deal]}, "hubspot")
    assert found.rows("outcomes", "outcome") == outcomes


def test_a_flag_comes_before_a_name_that_the_tool_once_gave(tmp_path: Path) -> None:
    stage = {"stage_id": "contractsent", "label": "Abgesagt", "closed_won": "false"}
    deal = {"deal_id": 1, "deal_pipeline_stage_id": "contractsent"}
    found = read(
        tmp_path,
        {
            "contact.csv": [contact(1)],
            "deal.csv": [deal | {"property_closedate": "2026-03-01"}],
            "deal_contact.csv": [{"deal_id": 1, "contact_id": 1}],
            "deal_pipeline_stage.csv": [stage | {"is_closed": "true", "probability": "0.0"}],
        },
        "hubspot",
    )
    assert found.rows("outcomes", "outcome", "occurred_at") == [("lost", "2026-03-01")]


def test_deals_of_the_api_are_known_by_their_header(tmp_path: Path) -> None:
    deal = {
        "hs_object_id": 1, "dealname": "X", "pipeline": "default", "dealstage": "closedwon",
        "amount": "5", "closedate": "2026-03-01", "createdate": "2026-02-01",
        "hubspot_owner_id": 9, "closed_lost_reason": "",
    }  # fmt: skip
    found = read(tmp_path, {"contact.csv": [contact(1)], "all deals of 2026.csv": [deal]})
    assert {each.table for each in found.exports.files} == {"contact", "deal"}


def test_a_deal_s_own_flags_tell_what_its_stage_is(tmp_path: Path) -> None:
    rows = [
        {
            "Record ID": number,
            "Deal Stage": stage,
            "Create Date": "2026-02-01",
            "Close Date": f"2026-0{number + 2}-01",
            "Associated Contact IDs": "7",
            "Is Closed Won": won,
            "Is closed lost": lost,
        }
        for number, stage, won, lost in (
            (1, "Geliefert", "true", "false"),
            (2, "Verloren", "false", "true"),
            (3, "Talks", "", ""),
        )
    ]
    person = {"Record ID": 7, "Email": "ann@acme.com", "Create Date": "2026-01-01"}
    found = read(tmp_path, {"contacts.csv": [person], "deals.csv": rows}, "hubspot")
    assert found.rows("outcomes", "outcome", "occurred_at") == [
        ("lost", "2026-04-01"),
        ("opportunity", "2026-02-01"),
        ("won", "2026-03-01"),
    ]
