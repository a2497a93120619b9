"""The check of a data folder: what it says of columns, times and ids, and what it never says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pytest

from checked_data import CANARY, EVENT, LEAD, OUTCOME, call, column, finding, leads, write
from lead_scoring.data.checks import Limits, check_folder
from lead_scoring.data.checks.event_types import near_types
from lead_scoring.data.checks.findings import Level, NearMisses, Role
from lead_scoring.model_expressions import Project
from lead_scoring.reading.known_headers import contract_column, near_names

pytestmark = pytest.mark.usefixtures("rules_read_once")

Rows = Sequence[Mapping[str, object]]


def test_columns_are_told_by_what_they_were_taken_for(tmp_path: Path) -> None:
    row = LEAD | {
        "employee_count": "10",
        "current_contract_ends_on": "2026-09-01",
        "shoe size": "42",
        "seniority": "vp",
    }
    found = check_folder(write(tmp_path / "data", leads=[row, LEAD | {"lead_id": "L2"}]))
    roles = {one.name: one.role for one in found.columns if one.table == "leads"}
    assert roles["lead_id"] is Role.REQUIRED
    assert roles["email"] is Role.OPTIONAL
    assert roles["current_contract_ends_on"] is Role.ATTRIBUTE
    assert roles["shoe size"] is Role.OTHER
    assert roles["seniority"] is Role.SET_ASIDE
    assert roles["job_title"] is Role.MISSING
    size = column(found, "leads", "employee_count")
    assert (size.rows, size.filled, size.readable) == (2, 1, 1)
    assert "employees_10_to_249" in size.rules
    assert "audience of enterprise" in size.rules
    assert column(found, "leads", "current_contract_ends_on").type == "date"
    assert "decision_maker_title" in column(found, "leads", "job_title").rules
    assert not found.is_refused


def test_names_like_the_contracts_are_named(tmp_path: Path) -> None:
    names = ["Job Title", "Number of Employees", "Country/Region", "Company name", "First nmae"]
    found = check_folder(write(tmp_path / "data", leads=[LEAD | dict.fromkeys(names, "x")]))
    likely = {one.name: one.likely for one in found.columns if one.role is Role.MISSING}
    assert likely["job_title"] == "job title"
    assert likely["employee_count"] == "number of employees"
    assert likely["country"] == "country/region"
    assert likely["company_name"] == "company name"
    assert likely["first_name"] == "first nmae"
    assert likely["technologies"] is None
    assert column(found, "leads", "job title").likely == "job_title"
    assert "technologies (for 3)" in finding(found, "leads").problem
    assert 'Is "job title" the job_title?' in finding(found, "leads, job_title").mend


@pytest.mark.parametrize(
    ("header", "table", "name"),
    [
        ("Record ID - Contact", "leads", "lead_id"),
        ("Create Date", "leads", "created_at"),
        ("Is Bot Activity", "events", "is_bot"),
        ("Activity Date", "events", "occurred_at"),
        ("Close Date", "outcomes", "occurred_at"),
        ("Master Record ID", "lead_merges", "merged_into_lead_id"),
        ("canary", "leads", None),
        ("\u592a\u90ce id", "leads", None),
    ],
)
def test_vendors_headers_are_known(header: str, table: str, name: str | None) -> None:
    assert contract_column(header, table) == name


def test_a_name_that_is_taken_stands_for_no_other() -> None:
    assert near_names(["title", "job_title"], ["job_title", "email"], "leads") == {}
    assert near_names(["Title"], ["job_title"], "leads") == {"Title": "job_title"}


def test_forms_of_times_are_counted(tmp_path: Path) -> None:
    times = ["2026-01-01", "2026-01-01T10:00:00Z", "2026-01-01 10:00", "30/6/2026", "6/30/2026"]
    times += ["3/4/2026", "46203", "soon", "", "2026-02-30"]
    rows = [LEAD | {"lead_id": f"L{at}", "updated_at": time} for at, time in enumerate(times)]
    found = check_folder(write(tmp_path / "data", leads=rows))
    stamps = column(found, "leads", "updated_at")
    assert {form.form: (form.count, form.readable) for form in stamps.forms} == {
        "date alone": (2, 1),
        "ISO with offset": (1, 1),
        "ISO without offset": (1, 1),
        "day before month (30/6/2026)": (1, 0),
        "month before day (6/30/2026)": (1, 0),
        "day and month in doubt (3/4/2026)": (1, 0),
        "number of a spreadsheet's day": (1, 0),
        "another form": (1, 0),
    }
    assert (stamps.filled, stamps.readable) == (9, 3)
    assert "no setting reads both" in finding(found, "leads, updated_at").mend


def test_days_before_months_get_a_setting(tmp_path: Path) -> None:
    rows = leads(4, created_at="30/6/2026")
    found = check_folder(write(tmp_path / "data", leads=rows))
    assert found.is_refused
    assert "--date-order dmy" in finding(found, "leads").mend
    assert "Their leads are in the table" in finding(found, "events").mend


@pytest.mark.parametrize(
    ("bad", "good", "is_held"),
    [
        (2, 0, False),
        (3, 2, True),
        (3, 3, False),
        (50, 60, False),
        (51, 900, True),
        (51, 970, False),
    ],
)
def test_rows_that_hold_a_run_back(bad: int, good: int, is_held: bool) -> None:
    assert Limits().holds_back_rows(bad, bad + good) is is_held


def test_values_that_hold_a_run_back() -> None:
    assert Limits().holds_back_values(51, 250)
    assert not Limits().holds_back_values(51, 255)
    assert not Limits().holds_back_values(50, 200)
    assert Limits().holds_back_values(3, 5)


def test_a_column_that_rules_cannot_read_holds_a_run_back(tmp_path: Path) -> None:
    rows: Rows = [
        *leads(4, employee_count="plenty"),
        LEAD | {"lead_id": "L9", "employee_count": "7"},
    ]
    found = check_folder(write(tmp_path / "data", leads=rows))
    held = finding(found, "leads, employee_count")
    assert (held.level, held.count, held.share) == (Level.HELD_BACK, 4, 0.8)
    assert "4 of 5 values (80%)" in held.problem
    assert call(tmp_path / "data")[0] == 1


def test_rows_are_quarantined_as_a_run_would(tmp_path: Path) -> None:
    found = check_folder(
        write(
            tmp_path / "data",
            leads=[*leads(3), LEAD | {"lead_id": ""}, LEAD | {"lead_id": "L5", "updated_at": "x"}],
            events=[EVENT, EVENT | {"lead_id": "none"}, EVENT | {"event_id": ""}],
            outcomes=[OUTCOME, OUTCOME | {"outcome": "Won"}, OUTCOME | {"outcome": "closed"}],
            lead_merges=[
                {"lead_id": "L2", "merged_into_lead_id": "L2"},
                {"lead_id": "L3", "merged_into_lead_id": "none"},
            ],
        )
    )
    assert {(one.table, one.cause): one.rows for one in found.quarantined} == {
        ("leads", "lead_id is missing"): 1,
        ("leads", "updated_at cannot be read"): 1,
        ("events", "event_id is missing"): 1,
        ("events", "unknown lead"): 1,
        ("outcomes", "unknown outcome"): 1,
        ("lead_merges", "merge into itself"): 1,
        ("lead_merges", "merge into an unknown lead"): 1,
    }


@pytest.mark.parametrize(
    ("lead", "event", "way"),
    [
        ("Abc", "aBC", "capitals"),
        ("a", " a\t", "blanks around them"),
        ("123", "123.0", "a trailing .0"),
        ("L1", "L1.00", "a trailing .0"),
        ("00Q5g00000ABCdeEAH", "00Q5g00000ABCde", "the last three characters (15 against 18)"),
        ("00Q5g00000ABCde", "00Q5g00000ABCdeEAH", "the last three characters (15 against 18)"),
        ("00123", "123", "zeros in front"),
        ("1234567890123456", "1.23E+15", "a number in exponent form (1.23E+15)"),
        ("1,23457E+15", "1234567890123456", "a number in exponent form (1.23E+15)"),
        ("abc", " ABC.0", None),
        ("A1", " a1.0", "several of these"),
        ("1234567890123456", "1234567890999999", None),
    ],
)
def test_ids_that_nearly_match_are_counted(
    tmp_path: Path, lead: str, event: str, way: str | None
) -> None:
    found = check_folder(
        write(
            tmp_path / "data",
            leads=[LEAD | {"lead_id": lead}],
            events=[EVENT | {"lead_id": event}, EVENT | {"lead_id": lead}],
            outcomes=[OUTCOME | {"lead_id": lead}],
        )
    )
    near = {way: 1} if way else {}
    assert found.near_misses == [NearMisses("events", "lead_id", 1, 1, near)]


def test_ids_that_a_spreadsheet_has_spoilt_are_counted(tmp_path: Path) -> None:
    rows = [LEAD | {"lead_id": name} for name in ("1.23E+15", "7.0", "8.0", "9")]
    found = check_folder(write(tmp_path / "data", leads=rows))
    problems = [one.problem for one in found.findings if one.place == "leads, lead_id"]
    assert problems == [
        "1 ids are written in exponent form (1.23E+15), as spreadsheets do",
        "2 ids are written with a trailing .0, as spreadsheets do",
    ]


def test_shared_addresses_are_counted(tmp_path: Path) -> None:
    addresses = ["Ann@x.example", "ann+news@x.example ", "bob@x.example", "bob@x.example", "", ""]
    rows = [LEAD | {"lead_id": f"L{at}", "email": mail} for at, mail in enumerate(addresses)]
    folder = write(tmp_path / "data", leads=rows)
    found = check_folder(folder).duplicates
    assert (found.addresses, found.leads) == (2, 4)
    write(folder, leads=rows, lead_merges=[{"lead_id": "L3", "merged_into_lead_id": "L2"}])
    found = check_folder(folder).duplicates
    assert (found.addresses, found.leads) == (1, 2)


def test_event_types_without_rules_and_rules_without_events(tmp_path: Path) -> None:
    types = ["Page Viewed", "demo-requests", "page_viewed", "stand_visited", "stand_visited"]
    types += ["stand_visited", "mara nord"]
    found = check_folder(
        write(
            tmp_path / "data",
            events=[
                EVENT | {"event_id": str(at), "event_type": kind} for at, kind in enumerate(types)
            ],
            outcomes=[OUTCOME, OUTCOME | {"outcome": "WON "}, OUTCOME | {"outcome": "qualify"}],
        )
    )
    kinds = {(one.table, one.name): one for one in found.event_types}
    assert kinds["events", "page viewed"].likely == "page_viewed"
    assert kinds["events", "demo-requests"].likely == "demo_requested"
    assert kinds["events", "page_viewed"].rules == (
        "customer_story_read",
        "careers_page_viewed",
    )
    assert kinds["events", "webinar_attended"].rows == 0
    assert kinds["outcomes", "won"].rows == 2
    assert not kinds["events", "mara nord"].may_be_shown
    problems = " ".join(one.problem for one in found.findings)
    assert "stand_visited, 1 other" in problems
    assert "mara" not in problems
    assert "the type page viewed (1 rows) is unknown; it is like page_viewed" in problems
    assert "types that no event has: asset_downloaded," in problems


def test_a_column_of_names_is_not_taken_for_types(tmp_path: Path) -> None:
    names = [f"{CANARY} {chr(97 + at % 26)}{chr(97 + at // 26)}" for at in range(201)] * 3
    rows = [EVENT | {"event_id": str(at), "event_type": name} for at, name in enumerate(names)]
    assert CANARY not in call(write(tmp_path / "data", events=rows))[1]
    assert CANARY in call(write(tmp_path / "data", events=rows[:100] * 3))[1]


def test_near_types() -> None:
    known = ("page_viewed", "won")
    names = ["Page-Views", "pagesviewed", "pageviewed", "visit", "page_viewed"]
    assert near_types(names, known) == {
        "Page-Views": "page_viewed",
        "pagesviewed": "page_viewed",
        "pageviewed": "page_viewed",
    }


def test_a_structure_is_named(tmp_path: Path) -> None:
    folder = write(tmp_path / "data")
    (folder / "events.csv").unlink()
    duckdb.sql(
        "select '1' as event_id, 'L1' as lead_id, 'page_viewed' as event_type, "
        "timestamp '2026-01-02' as occurred_at, {'n': 1} as extra"
    ).write_parquet(str(folder / "events.parquet"))
    found = check_folder(folder)
    assert column(found, "events", "extra").role is Role.SET_ASIDE
    assert column(found, "events", "occurred_at").forms[0].form == "time by the file's own type"
    assert "holds structures" in finding(found, "events, extra").problem


def test_headers_and_footers_among_the_rows_are_counted(tmp_path: Path) -> None:
    folder = write(tmp_path / "data")
    with (folder / "outcomes.csv").open("a", newline="") as file:
        file.write("Lead_ID,outcome,occurred_at\r\nGrand Totals (1),,\r\nCopyright x,,\r\n")
    problems = [one.problem for one in check_folder(folder).findings if one.place == "outcomes"]
    assert "the header stands in the file 2 times" in problems
    assert "2 lines are a report's footer and no rows" in problems


def test_derived_attributes_are_made_of_columns_of_the_contract() -> None:
    made_of = Project().macro("sources_of_derived_attributes")()
    contract = Project().macro("input_contract")("leads")["columns"]
    assert {name for names in made_of.values() for name in names} <= set(contract)


def test_an_account_that_a_spreadsheet_made_of_all_is_named(tmp_path: Path) -> None:
    rows = [row | {"account_id": "1.23457E+11"} for row in leads(4)]
    found = check_folder(write(tmp_path / "data", leads=rows))
    assert finding(found, "leads, account_id").problem == (
        "1 ids are written in exponent form (1.23E+15), as spreadsheets do"
    )


def test_few_addresses_and_domains_that_are_none_are_named(tmp_path: Path) -> None:
    rows = [row | {"company_domain": "acme.example"} for row in leads(40)]
    for number, row in enumerate(rows):
        row["email"] = f"a{number}@x.example"
    for row, mail in zip(rows, ("<b@x.example>", "c@x.example;", "d@x.example,"), strict=False):
        row |= {"email": mail, "company_domain": "https://www.acme.example"}
    found = check_folder(write(tmp_path / "data", leads=rows))
    assert finding(found, "leads, email").problem == "3 of 40 values are no e-mail addresses"
    assert finding(found, "leads, company_domain").problem == "3 of 40 values are no bare domains"


def test_dates_that_stand_for_nothing_are_named(tmp_path: Path) -> None:
    dates = ("1900-01-01", "9999-12-31", "1961-05-01", "2026-09-01")
    rows = [
        row | {"current_contract_ends_on": day} for row, day in zip(leads(4), dates, strict=True)
    ]
    found = check_folder(write(tmp_path / "data", leads=rows))
    place = "leads, current_contract_ends_on"
    assert [one.problem for one in found.findings if one.place == place] == [
        "1 of 4 times lie before 1901",
        "1 of 4 times lie after 2199",
    ]
