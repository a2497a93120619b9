"""The oracle by hand: what a survivor has of merged leads, from when it exists, and its gap."""

from __future__ import annotations

import pytest

from oracle import Settings
from small_worlds import LEAVE, VISIT, Small, attribute, event, fit, lead, merge

INDUSTRY = attribute("industry", on_merge="fill")
OPT_OUT = attribute("opt_out", "flag", on_merge="any")


def text_of(small: Small, name: str) -> str | None:
    """The text that the survivor `a` has by its merges, else its own."""
    state = small.state()
    return state.by_merge.get(name, state.row.get(name))


def test_without_on_merge_attributes_are_the_survivors_own() -> None:
    people = [lead("a"), lead("b", industry="retail", opt_out="yes")]
    small = Small(
        people,
        merges=[merge("b", "a")],
        attributes=[attribute("industry"), attribute("opt_out", "flag")],
        fit=[fit("none", "industry", "is_empty"), fit("flag", "opt_out", "is_empty")],
    )
    assert set(small.points()) == {"none", "flag"}


def test_fill_takes_the_value_of_the_merged_lead_with_the_latest_version() -> None:
    people = [
        lead("a", industry=" "),
        lead("b", industry="retail", updated_at="2026-03-01"),
        lead("c", industry="software", updated_at="2026-04-01"),
        lead("d", updated_at="2026-05-01"),
    ]
    chain = [merge("b", "a"), merge("d", "c"), merge("c", "b")]
    small = Small(people, merges=chain, attributes=[INDUSTRY])
    assert text_of(small, "industry") == "software"
    # The survivor's own stands, even where it is older.
    own = [people[0] | {"industry": "banking"}, *people[1:]]
    assert text_of(Small(own, merges=chain, attributes=[INDUSTRY]), "industry") == "banking"


def test_of_two_versions_of_one_time_fill_takes_that_of_the_lead_that_sorts_last() -> None:
    people = [lead("a"), lead("c", industry="retail"), lead("b", industry="software")]
    small = Small(people, merges=[merge("b", "a"), merge("c", "a")], attributes=[INDUSTRY])
    assert text_of(small, "industry") == "retail"


def test_fill_looks_at_versions_that_hold_and_at_leads_that_exist() -> None:
    people = [
        lead("a"),
        lead("b", industry="retail", updated_at="2026-02-01"),
        lead("b", industry="software", updated_at="2026-06-15"),
        lead("c", "2026-06-20", industry="banking"),
    ]
    merges = [merge("b", "a"), merge("c", "a")]
    small = Small(people, merges=merges, attributes=[INDUSTRY], fit=[
        fit("retail", "industry", "equals", "retail"),
        fit("software", "industry", "equals", "software"),
        fit("banking", "industry", "equals", "banking"),
    ])  # fmt: skip
    assert set(small.points("2026-06-01")) == {"retail"}
    assert set(small.points("2026-06-15")) == {"software"}
    assert set(small.points("2026-06-20")) == {"banking"}


def test_a_value_that_is_hidden_or_not_of_the_type_is_filled_and_fills_nothing() -> None:
    people = [
        lead("a", staff="many", title="intern", updated_at="2026-07-10"),
        lead("b", staff="about 9", title="vp", updated_at="2026-02-01"),
        lead("c", staff="51-200", title="boss", updated_at="2026-07-01"),
    ]
    small = Small(
        people,
        merges=[merge("b", "a"), merge("c", "a")],
        attributes=[
            attribute("staff", "whole", "fill"),
            attribute("title", on_merge="fill", known="later"),
        ],
    )
    # At noon of 30 June the only rows of a and c are younger: their titles are not known yet.
    assert small.state().by_merge == {"staff": "51-200", "title": "vp"}


def test_derived_attributes_are_made_of_what_was_filled() -> None:
    people = [lead("a"), lead("b", job_title="VP", employee_count="1,000+", email="x@firm.example")]
    small = Small(
        people,
        merges=[merge("b", "a")],
        attributes=[
            attribute("job_title", on_merge="fill"),
            attribute("employee_count", "whole", "fill"),
            attribute("seniority"),
            attribute("company_size"),
            attribute("email_type"),
        ],
        keywords=[{"keyword": "vp", "priority": "1", "seniority": "vp", "department": "sales"}],
        fit=[
            fit("vp", "seniority", "equals", "vp"),
            fit("large", "company_size", "equals", "enterprise"),
            fit("mail", "email_type", "equals", "missing"),
        ],
    )
    assert set(small.points()) == {"vp", "large", "mail"}


@pytest.mark.parametrize(
    ("own", "others", "expected"),
    [
        ("no", ["yes", "no"], "true"),
        (None, [None, "1"], "true"),
        ("yes", ["no"], "yes"),
        ("no", ["maybe", None], "no"),
        (None, ["no", "maybe"], "false"),
        ("maybe", [None, "maybe"], "maybe"),
    ],
)
def test_any_is_true_where_any_of_theirs_is(
    own: str | None, others: list[str | None], expected: str
) -> None:
    people = [lead("a", opt_out=own), *(lead(f"b{n}", opt_out=x) for n, x in enumerate(others))]
    merges = [merge(f"b{number}", "a") for number in range(len(others))]
    assert text_of(Small(people, merges=merges, attributes=[OPT_OUT]), "opt_out") == expected


def test_an_erased_lead_gives_its_survivor_nothing_but_its_events() -> None:
    people = [
        lead("a", "2026-06-25"),
        lead("b", "2026-01-01", industry="retail", opt_out="yes", deleted_at="2026-06-01"),
    ]
    small = Small(
        people, [event("2026-06-01", lead_id="b")], [merge("b", "a")],
        attributes=[INDUSTRY, OPT_OUT],
    )  # fmt: skip
    assert small.state().by_merge == {}
    assert len(small.state().events) == 1
    assert small.at("2026-06-24").leads == []


def test_a_survivor_exists_from_the_earliest_of_its_group() -> None:
    people = [
        lead("a", "2026-06-20", industry="software"),
        lead("b", "2026-05-10"),
        lead("c", "2026-04-01T12:00Z"),
    ]
    small = Small(
        people,
        merges=[merge("c", "b"), merge("b", "a")],
        attributes=[attribute("industry"), attribute("created_at", "date")],
        fit=[
            fit("software", "industry", "equals", "software"),
            fit("june", "created_at", "equals", "2026-06-20"),
        ],
    )
    assert small.at("2026-04-01T11:59:59Z").leads == []
    assert len(small.at("2026-04-01T12:00:00Z").leads) == 1
    # Its only row holds before it was made, and its silence is that of the group: 9 midnights.
    assert set(small.points("2026-04-10T00:00:00Z")) == {"software", "june"}
    assert small.state("2026-04-10T00:00:00Z").gap == 9
    # Nobody is merged: b and c exist of their own, a does not yet.
    apart = Small(people).at("2026-05-10")
    assert {one.score.lead_id for one in apart.leads} == {"b", "c"}


def test_a_gap_counts_from_the_latest_activity_of_the_group() -> None:
    people = [lead("a", "2026-06-20"), lead("b", "2026-05-10")]
    events = [event("2026-06-10", VISIT, lead_id="b"), event("2026-06-28", LEAVE)]
    small = Small(
        people, events, [merge("b", "a")],
        inactivity=[{"rule_id": "idle", "scorecard": "*", "after_days": "20", "points": "-5"}],
    )  # fmt: skip
    assert small.state().gap == 20
    assert small.points() == {"idle": -5}


def test_ages_and_gaps_are_never_negative_where_a_clock_goes_back_over_midnight() -> None:
    # In St John's 2 November 2008 began at 02:30 UTC, and a minute later it was the 1st again.
    settings = Settings("America/St_Johns")
    visit = event("2008-11-02T02:30:30Z")
    small = Small([lead(created_at="2008-10-01")], [visit], settings=settings)
    state = small.state("2008-11-02T02:45:00Z")
    assert (state.events[0].age, state.gap) == (0, 0)
    assert small.state("2008-11-03T03:30:00Z").events[0].age == 1
    quiet = Small([lead(created_at="2008-11-02T02:30:30Z")], settings=settings)
    assert quiet.state("2008-11-02T02:45:00Z").gap == 0
