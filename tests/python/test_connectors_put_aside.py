"""No row of a tool is lost without a word: each is read, or put aside with its cause."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner

from connector_reading import Read, read, write
from connector_samples import ALL, HUBSPOT, SAMPLES
from lead_scoring.commands.app import app
from lead_scoring.exports.counts import COUNTS
from lead_scoring.model_expressions import Project

# The files whose rows stand for each input table, and how many rows more they make: a contact's
# cell that names another, a conversion in the row of a lead.
ROWS: Mapping[str, Mapping[str, tuple[tuple[str, ...], int]]] = {
    "hubspot": {
        "leads": (("contact",), 0),
        "events": (("email_event", "contact_form_submission", "engagement"), 0),
        "outcomes": (
            ("deal", "deals_archived", "merged_deal", "deal_stage", "contact_property_history"),
            0,
        ),
        "lead_merges": (("contact_merge_audit",), 1),
    },
    "salesforce": {
        "leads": (("Lead", "Contact"), 0),
        "events": (("CampaignMember", "Task", "Event"), 0),
        "outcomes": (("Opportunity", "OpportunityHistory", "LeadHistory", "Lead"), 1),
        "lead_merges": (("Lead",), 0),
    },
    "marketo": {
        "leads": (("lead", "activity_delete_lead"), 0),
        "events": (
            ("activity_fill_out_form", "activity_visit_webpage", "activity_interesting_moment"),
            0,
        ),
        "outcomes": (("activity_change_data_value",), 0),
        "lead_merges": (("activity_merge_leads",), 0),
    },
    "segment": {
        "leads": (("users", "identifies"), 0),
        "events": (("pages", "tracks", "identifies", "aliases"), 0),
        "lead_merges": (("aliases",), 0),
    },
    "snowplow": {"events": (("events",), 0)},
    "ga4": {"events": (("event",), 0)},
}
FATES: Mapping[str, Mapping[str, Mapping[str, int]]] = {
    "hubspot": {
        "leads": {"read": 5},
        "events": {
            "read": 3,
            "about nobody": 1,
            "left out by event_names": 1,
            "replaced by a later one": 1,
        },
        "outcomes": {
            "read": 3,
            "archived": 2,
            "merged into another": 2,
            "left out by outcome_stages": 1,
            "no change": 1,
            "not in outcome_stages": 1,
            "of a deal that is not there": 1,
            "of another property": 1,
            "of nobody known": 1,
            "told by its history": 1,
        },
        "lead_merges": {"read": 1, "into somebody who is not there": 1, "said twice": 1},
    },
    "salesforce": {
        "leads": {"read": 3},
        "events": {
            "read": 2,
            "about nobody": 1,
            "deleted": 1,
            "left out by event_names": 1,
            "planned": 1,
        },
        "outcomes": {
            "read": 3,
            "deleted": 1,
            "no change": 1,
            "not in outcome_stages": 1,
            "of another field": 1,
            "of nobody known": 1,
            "told by its history": 2,
        },
        "lead_merges": {"read": 1, "into somebody who is not there": 1},
    },
    "marketo": {
        "leads": {"read": 2},
        "events": {"read": 2, "left out by event_names": 1},
        "outcomes": {"read": 1, "no change": 1, "not in outcome_stages": 1, "of another field": 1},
        "lead_merges": {"read": 1, "said twice": 1},
    },
    "segment": {
        "leads": {"read": 1, "of no user": 1, "said anew of the same user": 1},
        "events": {"read": 2, "left out by event_names": 3, "of nobody known": 1},
        "lead_merges": {"of a browser": 1},
    },
    "snowplow": {"events": {"read": 2, "left out by event_names": 1, "of nobody known": 1}},
    "ga4": {
        "events": {
            "read": 2,
            "left out by event_names": 1,
            "of a day that is there in whole": 1,
            "of nobody known": 1,
        }
    },
}


def fates_of(found: Read, tool: str) -> dict[str, dict[str, int]]:
    """The rows of a tool by input table and fate."""
    fates: dict[str, dict[str, int]] = {}
    for of, table, fate, count in found.of_model(
        COUNTS, "tool", "input_table", "fate", "input_rows"
    ):
        if of == tool:
            fates.setdefault(table, {})[fate] = count
    return fates


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """The samples of all tools, read at once: web tools beside CRMs make no leads of their own."""
    return read(tmp_path_factory.mktemp("exports"), ALL)


@pytest.mark.parametrize("tool", SAMPLES)
def test_each_row_is_read_or_put_aside_with_its_cause(tool: str, together: Read) -> None:
    fates = fates_of(together, tool)
    assert fates == FATES[tool]
    for table, (files, more) in ROWS[tool].items():
        rows = sum(len(SAMPLES[tool][f"{name}.csv"]) for name in files) + more
        assert sum(fates[table].values()) == rows, table


def test_what_is_read_is_what_the_engine_gets(together: Read) -> None:
    for table in ("events", "outcomes"):
        count = sum(each[table]["read"] for each in FATES.values() if table in each)
        assert len(together.rows(table, "lead_id")) == count
    # marketo-12 was merged and has no row any more: one is made
    leads = sum(each["leads"]["read"] for each in FATES.values() if "leads" in each)
    assert len(together.rows("leads", "lead_id")) == leads + 1


@pytest.mark.parametrize("tool", SAMPLES)
def test_a_tool_alone_loses_no_row_either(tool: str, tmp_path: Path) -> None:
    fates = fates_of(read(tmp_path, SAMPLES[tool], tool), tool)
    for table, expected in FATES[tool].items():
        assert fates[table] == expected


def test_a_check_says_what_became_of_rows(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["check", "data", str(write(tmp_path, HUBSPOT))])
    assert (
        "Leads in the files: 5, all read. Events in the files: 6, of these 3 read, 1 about nobody, "
        "1 left out by event_names, 1 replaced by a later one. Stages in the files: 14, of these 3 "
        "read, 2 archived, 2 merged into another, "
    ) in " ".join(result.output.split())


def test_united_rows_have_each_column_once_and_null_where_there_is_none() -> None:
    query = Project().expression("united_rows", ["a"], {"x": ["a", "b"], "y": ["c"]})
    assert " ".join(query.split()) == (
        "select a, b, cast(null as TEXT) as c from x union all "
        "select a, cast(null as TEXT) as b, c from y"
    )
