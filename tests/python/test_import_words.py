"""The words of a list of points: numbers, spans of time, events, attributes; and any other text."""

from __future__ import annotations

import csv
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lead_scoring.rules.checks import check_folder
from lead_scoring.rules.checks.characters import without_unseen
from lead_scoring.rules.importing.entries import Entry, Kind
from lead_scoring.rules.importing.import_rules import ImportFailed, import_rules
from lead_scoring.rules.importing.placing import Placer
from lead_scoring.rules.importing.vocabulary import ATTRIBUTES, EVENTS, FAMILIES, OPERATORS
from lead_scoring.rules.importing.wording import NotPlaced, amount_of, days_in, points_of, range_of
from lead_scoring.rules.rule_set import read_rule_set
from lead_scoring.rules.words import OPERATORS as KNOWN_OPERATORS

OWN = read_rule_set()


@pytest.fixture(scope="module")
def placer() -> Placer:
    return Placer(OWN, Kind.POINTS)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("10", 10), ("+10", 10), ("-5", -5), ("\u22125", -5), ("(5)", -5), ("+ 7.5", "7.5"),
        ("10 points", 10), ("1 point", 1), ("10 pts.", 10), ("0", 0),
    ],
)  # fmt: skip
def test_points(text: str, points: object) -> None:
    assert points_of(text) == Decimal(str(points))


@pytest.mark.parametrize(
    "text", ["", "high", "5-10", "=5", "1,000", "10,5", "1e3", "NaN", "1.005", "9999999", "10%"]
)
def test_no_points(text: str) -> None:
    with pytest.raises(NotPlaced):
        points_of(text)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("7 days", 7), ("1 week", 7), ("two weeks", 14), ("a month", 30), ("month", 30),
        ("last 3 months", 90), ("the past year", 365), ("30-day", 30), ("soon", None),
        ("some days", None), ("days", 1),
    ],
)  # fmt: skip
def test_spans_of_time(text: str, days: int | None) -> None:
    assert days_in(text) == days


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,000", 1000), ("$1.5M", 1500000), ("10 million", 10000000), ("5k", 5000),
        ("2bn", 2 * 10**9), ("1,00", None), ("many", None), ("", None), ("€ 20", 20),
    ],
)  # fmt: skip
def test_amounts(text: str, amount: int | None) -> None:
    assert amount_of(text) == amount


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("50-200", (50, 200)), ("50 to 200", (50, 200)), ("1,001 \u2013 5,000", (1001, 5000)),
        ("$1M-$10M", (10**6, 10**7)), ("$1-10M", (10**6, 10**7)), ("200-50", None), ("50", None),
        ("500-1k", (500, 1000)),
    ],
)  # fmt: skip
def test_ranges(text: str, ends: tuple[int, int] | None) -> None:
    found = range_of(text)
    assert found == (None if ends is None else tuple(map(Decimal, ends)))


@pytest.mark.parametrize(
    ("criterion", "event_type", "others"),
    [
        ("Opens an email", "email_opened", {}),
        ("Email - Clicks Link", "email_clicked", {}),
        ("Prospect has visited our website", "page_viewed", {}),
        ("5+ website visits", "page_viewed", {"min_count": "5", "award": "once"}),
        ("Website visit in the last 30 days", "page_viewed", {"within_days": "30"}),
        ("more than 3 times visited the pricing page", "pricing_page_viewed", {"min_count": "4"}),
        ("Trade show: visited booth", "trade_fair_visited", {}),
        ("Webinar no-show", "", {}),
        ("Meeting no show", "meeting_missed", {}),
        ("Signed up for a free trial", "trial_started", {}),
        ("Product page view", "page_viewed", {"attribute": "url", "value": "product"}),
        ("Downloaded case study", "asset_downloaded", {"value": "case-study"}),
        ("Teammate invitation", "teammate_invited", {}),
        ("plan_limit_reached", "plan_limit_reached", {}),
        ("Visited pricing page and requested demo", "", {}),
        ("Did not open any email", "", {}),
        ("Downloaded 3 whitepapers", "asset_downloaded", {"value": "whitepaper", "min_count": "3"}),
        ("Downloaded report 2024", "", {}),
        ("Blog visit", "page_viewed", {"value": "blog"}),
        ("Free trial sign-up", "trial_started", {}),
    ],
)
def test_events(placer: Placer, criterion: str, event_type: str, others: dict[str, str]) -> None:
    try:
        cells = placer.place(Entry(2, criterion, "5")).cells
    except NotPlaced:
        cells = {}
    assert cells.get("event_type", "") == event_type
    assert {name: cells[name] for name in others} == others


@pytest.mark.parametrize(
    ("frequency", "cells"),
    [
        ("Once per session", {"per": "session", "award": "each"}),
        ("per visit", {"per": "session"}),
        ("once a page", {"per": "target"}),
        ("1x per asset", {"per": "target"}),
        ("each file", {"per": "target"}),
        ("once per day", {"per": "", "max_per_day": "1"}),
        ("3 per day", {"per": "", "max_per_day": "3"}),
        ("once", {"per": "", "award": "once"}),
        ("each time", {"per": "", "award": "each"}),
        ("3 per session", None),
        ("once per month", None),
        ("session", None),
    ],
)
def test_frequencies(placer: Placer, frequency: str, cells: dict[str, str] | None) -> None:
    entry = Entry(2, "Website visit", "5", frequency=frequency)
    if cells is None:
        with pytest.raises(NotPlaced, match="frequency"):
            placer.place(entry)
        return
    placed = placer.place(entry)
    assert {name: placed.cells[name] for name in cells} == cells
    assert ("check that events have" in placed.remark) == bool(cells.get("per"))


@pytest.mark.parametrize(
    ("criterion", "condition"),
    [
        ("Seniority = Manager+", "seniority in c_level|vp|director|manager"),
        ("C-suite", "seniority equals c_level"),
        ("Job title is not Student", "seniority not_equals student"),
        ("Job title starts with Head", "job_title starts_with head"),
        ("Title: CEO / CTO", "job_title in ceo|cto"),
        ("< 10 employees", "employee_count lte 9"),
        ("Company with 50 to 200 employees", "employee_count between 50..200"),
        ("500 or more employees", "employee_count gte 500"),
        ("Company size: Enterprise", "company_size equals enterprise"),
        ("Annual revenue at least $5M", "annual_revenue gte 5000000"),
        ("Email domain is gmail.com", "email_domain equals gmail.com"),
        ("Email domain: free", "email_type equals free"),
        ("Industry is unknown", "industry is_empty "),
        ("Technologies in use: Salesforce", "technologies equals salesforce"),
        ("End of the current contract in the next 90 days",
         "current_contract_ends_on within_next_days 90"),
        ("Works for a competitor: yes", "is_competitor equals true"),
        ("Has a corporate email address", "email_type equals business"),
        ("Company size 500+ employees", "employee_count gte 500"),
        ("Title contains VP or Director", "seniority in vp|director"),
        ("Number of employees at least 25.5", ""),
        ("Annual revenue over 5.5 million", "annual_revenue gte 5500000.01"),
        ("Industry contains Soft, Bank", ""),
        ("Industry > 5", ""),
        ("Number of employees is large", "company_size equals large"),
        ("Number of employees: plenty", ""),
        ("Industry", ""),
        ("Industry does not contain Bank", ""),
        ("Executive", ""),
    ],
)  # fmt: skip
def test_attributes(placer: Placer, criterion: str, condition: str) -> None:
    try:
        cells = placer.place(Entry(2, criterion, "5")).cells
    except NotPlaced:
        cells = {}
    found = " ".join(cells.get(name, "") for name in ("attribute", "operator", "value"))
    assert found == (condition or "  ")


def test_the_words_speak_of_what_the_project_knows() -> None:
    assert set(EVENTS) <= set(OWN.names("event_types", "event_type"))
    assert set(ATTRIBUTES) <= set(OWN.names("attributes", "attribute"))
    families = {family for family, _ in (*EVENTS.values(), *ATTRIBUTES.values())}
    assert families <= FAMILIES
    stranger = set(OPERATORS.values()) - set(KNOWN_OPERATORS)
    assert stranger == {"", "gt", "lt", "not_contains"}


WORDS = st.sampled_from(
    [
        "job title", "industry", "employees", "visited", "pricing", "page", "email", "opened",
        "contains", "is", "not", "one of", ">", "<=", ":", "-", "3 times", "in 7 days", "for",
        "no activity", "a week", "VP", "director or above", "50-200", "$10M", "software; banking",
        "or", "mql", "{{my.", "}}", "demo", "webinar", "download", "=", "|", '"', "\u200b",
        "\u00a0", "Größe", "1e9",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(WORDS, min_size=1, max_size=6).map(" ".join),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20),
)
POINTS = st.sampled_from(["5", "-10", "+2.5", "(3)", "", "dq", "=1", "0", "x", "80"])
ROWS = st.lists(
    st.tuples(TEXTS, st.sampled_from(["", "is", "contains", "between"]), TEXTS, POINTS),
    min_size=1,
    max_size=60,
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=ROWS, has_operators=st.booleans())
@example(rows=[("\u200b", "", "", ""), ("VP\u200b", "", "job title", "5")], has_operators=False)
def test_any_list_is_accounted_for_and_passes_the_check(
    rows: list[tuple[str, str, str, str]], has_operators: bool
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        chosen = (0, 1, 2, 3) if has_operators else (0, 3)
        with (folder / "list.csv").open("w", encoding="utf-8", newline="") as file:
            header = ("criterion", "operator", "value", "points")
            csv.writer(file).writerows(
                [tuple(row[place] for place in chosen) for row in [header, *rows]]
            )
        filled = sum(any(without_unseen(row[place]).split() for place in chosen) for row in rows)
        try:
            imported = import_rules(folder / "list.csv", folder / "to", rule_set=OWN)
        except ImportFailed as problem:
            assert "No row of" in str(problem)
            return
        assert len(imported.folder.sources) + len(imported.refusals) == filled
        assert [each for each in check_folder(folder / "to") if each.is_refusal] == []
