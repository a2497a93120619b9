"""What runs put on record stays as it was said, and whoever follows it knows what holds now.

One schedule of real runs in which leads change, are merged, leave, come back and are erased, and in
which a run is made again at its instant with other input.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pytest

from lead_scoring.runs.runner import score
from runs import no_artifacts, of_inputs, short_lists

Row = dict[str, object]
VALUES = (
    *("scorecard", "status", "stage", "temperature", "grade"),
    *("total_score", "fit_score", "engagement_score", "is_disqualified"),
)
# By the column that says at which run a row was written. Of a row of history the end comes later.
RECORD = {
    "int_lead_scoring__run_log": "as_of",
    "int_lead_scoring__score_log": "as_of",
    "int_lead_scoring__changed_reasons": "as_of",
    "int_lead_scoring__stage_log": "as_of",
    "lead_score_history": "valid_from",
    "stage_changes": "changed_at",
    "lead_handoffs": "handed_off_at",
}
LEAD_COLUMNS = (
    *("lead_id", "created_at", "email", "job_title", "employee_count", "country"),
    *("industry", "technologies", "deleted_at"),
)
LEADS = ("a", "b", "c", "gone", "erased", "quiet")


@dataclass
class Inputs:
    """The input tables as they are now, and who has been erased."""

    leads: dict[str, Row] = field(default_factory=dict)
    events: dict[str, Row] = field(default_factory=dict)
    outcomes: dict[str, Row] = field(default_factory=dict)
    lead_merges: dict[str, Row] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)

    def add_lead(self, lead_id: str, title: str = "Head of Data") -> None:
        self.leads[lead_id] = {
            "lead_id": lead_id,
            "created_at": "2025-01-01",
            "email": f"{lead_id}@firm.example",
            "job_title": title,
            "employee_count": "50",
            "country": "DE",
            "industry": "Software",
            "technologies": "Snowflake;Salesforce",
            "deleted_at": "",
        }

    def add_event(self, lead_id: str, event_type: str, occurred_at: str) -> None:
        self.events[f"{lead_id} {event_type}"] = {
            "event_id": f"{lead_id} {event_type}",
            "lead_id": lead_id,
            "event_type": event_type,
            "occurred_at": occurred_at,
        }

    def merge(self, lead_id: str, survivor: str) -> None:
        self.lead_merges[lead_id] = {
            "lead_id": lead_id,
            "merged_into_lead_id": survivor,
            "merged_at": "2026-03-01",
        }

    def erase(self, lead_id: str, *others: str) -> None:
        """others: those that were merged into it."""
        self.leads[lead_id]["deleted_at"] = "2026-03-01"
        self.erased |= {lead_id, *others}

    def take_erasure_back(self, lead_id: str) -> None:
        self.leads[lead_id]["deleted_at"] = ""
        self.erased.remove(lead_id)

    def write(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        columns = {
            "leads": LEAD_COLUMNS,
            "events": ("event_id", "lead_id", "event_type", "occurred_at"),
            "outcomes": ("lead_id", "outcome", "occurred_at"),
            "lead_merges": ("lead_id", "merged_into_lead_id", "merged_at"),
        }
        for table, names in columns.items():
            with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, names)
                writer.writeheader()
                writer.writerows(getattr(self, table).values())


def begin(inputs: Inputs) -> None:
    for lead_id in LEADS:
        inputs.add_lead(lead_id)
    for lead_id in ("a", "c", "erased"):
        inputs.add_event(lead_id, "demo_requested", "2026-02-27")
    inputs.add_event("gone", "trial_started", "2026-02-25")


def change(inputs: Inputs) -> None:
    inputs.add_event("a", "meeting_booked", "2026-03-02T07:00:00Z")
    # it comes late, and says nothing of that
    inputs.add_event("b", "demo_requested", "2026-02-20")
    inputs.outcomes["c"] = {"lead_id": "c", "outcome": "won", "occurred_at": "2026-03-01"}


def merge_remove_and_erase(inputs: Inputs) -> None:
    inputs.merge("c", "a")
    del inputs.leads["gone"]
    inputs.erase("erased")
    inputs.add_event("quiet", "meeting_booked", "2026-03-03T07:00:00Z")


def undo_most(inputs: Inputs) -> None:
    del inputs.lead_merges["c"]
    inputs.add_lead("gone")
    del inputs.events["quiet meeting_booked"]
    inputs.add_lead("new")


def merge_and_remove(inputs: Inputs) -> None:
    inputs.merge("c", "a")
    del inputs.leads["gone"]
    inputs.leads["new"]["job_title"] = "Intern"


def nothing(inputs: Inputs) -> None:
    """Time goes on."""


def come_back(inputs: Inputs) -> None:
    inputs.add_lead("gone", title="Chief Executive Officer")
    inputs.merge("c", "b")
    inputs.take_erasure_back("erased")


def erase_who_was_a_survivor(inputs: Inputs) -> None:
    """c, merged into another by now, is not erased, but what was said of it names a."""
    inputs.erase("a")


def erase_a_survivor(inputs: Inputs) -> None:
    inputs.erase("b", "c")


SCHEDULE: Sequence[tuple[str, Callable[[Inputs], None]]] = (
    ("2026-03-01T08:00:00Z", begin),
    ("2026-03-02T08:00:00Z", change),
    ("2026-03-03T08:00:00Z", merge_remove_and_erase),
    ("2026-03-03T08:00:00Z", undo_most),
    ("2026-03-04T08:00:00Z", merge_and_remove),
    ("2026-03-05T08:00:00Z", nothing),
    ("2026-03-06T08:00:00Z", come_back),
    ("2026-03-06T08:00:00Z", nothing),
    ("2026-03-02T08:00:00Z", nothing),
    ("2026-03-07T08:00:00Z", erase_who_was_a_survivor),
    ("2026-03-08T08:00:00Z", erase_a_survivor),
)
FIRST_AT_3RD, SECOND_AT_3RD, AGAIN_AT_6TH, IN_THE_PAST = 2, 3, 7, 8


@dataclass(frozen=True)
class Run:
    """What stood in the tables after a run."""

    as_of: str
    erased: frozenset[str]
    tables: dict[str, list[Row]]

    def of_lead(self, table: str, lead_id: str) -> list[Row]:
        return [row for row in self.tables[table] if row["lead_id"] == lead_id]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> list[Run]:
    folder = tmp_path_factory.mktemp("record")
    database, inputs, done = folder / "scores.duckdb", Inputs(), []
    names = ("lead_scores", "lead_score_changes", *RECORD)
    rules = short_lists(folder / "rules")
    select = [f"+{name}" for name in names]
    for as_of, step in SCHEDULE:
        step(inputs)
        inputs.write(folder / "data")
        with no_artifacts():
            score(data=folder / "data", rules=rules, as_of=as_of, database=database,
                  with_tests=False, select=select)  # fmt: skip
        select = of_inputs(*names)
        with duckdb.connect(str(database), read_only=True) as connection:
            tables = {name: rows_of(connection, name) for name in names}
        done.append(Run(as_of, frozenset(inputs.erased), tables))
    return done


def rows_of(connection: duckdb.DuckDBPyConnection, name: str) -> list[Row]:
    found = connection.execute(f"from {name} order by all")
    columns = [column for column, *_ in found.description or []]
    return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


class Reader:
    """A CRM that knows the rows of lead_score_changes alone, and whom it was told to erase."""

    def __init__(self) -> None:
        self.leads: dict[object, tuple[object, ...]] = {}

    def read(self, run: Run) -> None:
        for row in run.tables["lead_score_changes"]:
            if row["has_score"]:
                self.leads[row["lead_id"]] = tuple(row[f"to_{value}"] for value in VALUES)
            else:
                self.leads.pop(row["lead_id"], None)
        # An erased lead is in no table, so none can tell of it: whoever keeps data of it is told
        # by those who were asked to erase it.
        for lead_id in run.erased:
            self.leads.pop(lead_id, None)


def test_who_reads_all_changes_knows_what_lead_scores_says(runs: list[Run]) -> None:
    reader = Reader()
    for place, run in enumerate(runs):
        reader.read(run)
        if place == IN_THE_PAST:
            # It answers what was then; what is told to readers stays.
            assert run.tables["lead_score_changes"] == runs[place - 1].tables["lead_score_changes"]
            continue
        assert reader.leads == {
            row["lead_id"]: tuple(row[value] for value in VALUES)
            for row in run.tables["lead_scores"]
        }, run.as_of


def test_no_row_of_an_earlier_run_changes(runs: list[Run]) -> None:
    assert [name for name in RECORD if not runs[-1].tables[name]] == []
    for place, (before, after) in enumerate(itertools.pairwise(runs), start=1):
        for name, column in RECORD.items():
            kept = [
                [
                    {
                        key: None if value in after.erased else value
                        for key, value in row.items()
                        if key != "valid_to"
                    }
                    for row in run.tables[name]
                    if row.get("lead_id") not in after.erased
                    and (place == IN_THE_PAST or said_before(row[column], after.as_of))
                ]
                for run in (before, after)
            ]
            assert sorted(kept[0], key=repr) == sorted(kept[1], key=repr), (place, name)


def said_after(row: Row, day: str) -> bool:
    return str(row["as_of"]) > day


def said_before(instant: object, as_of: str) -> bool:
    return str(instant).replace(" ", "T") < as_of.removesuffix("Z")


def test_a_run_made_again_with_the_same_input_changes_nothing(runs: list[Run]) -> None:
    assert runs[AGAIN_AT_6TH].tables == runs[AGAIN_AT_6TH - 1].tables


def test_erased_leads_are_in_no_table(runs: list[Run]) -> None:
    for run in runs:
        for name, rows in run.tables.items():
            assert not [row for row in rows if run.erased & set(map(str, row.values()))], name


def test_leads_without_a_score_have_one_last_row(runs: list[Run]) -> None:
    log = "int_lead_scoring__score_log"

    def last_rows(run: Run, lead_id: str) -> list[tuple[str, object]]:
        return [
            (str(row["as_of"])[:10], row["merged_into_lead_id"])
            for row in run.of_lead(log, lead_id)
            if row["total_score"] is None
        ]

    # The run made again at the 3rd took back what the first had said.
    assert last_rows(runs[FIRST_AT_3RD], "c") == [("2026-03-03", "a")]
    assert last_rows(runs[SECOND_AT_3RD], "c") == []
    assert last_rows(runs[IN_THE_PAST], "c") == [("2026-03-04", "a"), ("2026-03-06", "b")]
    assert last_rows(runs[IN_THE_PAST], "gone") == [("2026-03-04", None)]
    assert last_rows(runs[-1], "quiet") == []
    # Back at last, with a score of its own.
    back = [row for row in runs[-1].of_lead(log, "gone") if said_after(row, "2026-03-05")]
    assert back and all(row["total_score"] is not None for row in back)


def test_what_an_instant_has_said_it_says_again(runs: list[Run]) -> None:
    """quiet rose in the first run of the 3rd and stands as before in the second."""
    (risen,) = runs[FIRST_AT_3RD].of_lead("lead_score_changes", "quiet")
    (again,) = runs[SECOND_AT_3RD].of_lead("lead_score_changes", "quiet")
    assert risen["from_total_score"] != risen["to_total_score"]
    assert again["from_total_score"] == again["to_total_score"] == risen["from_total_score"]
    # For history it is no change.
    assert len(runs[SECOND_AT_3RD].of_lead("lead_score_history", "quiet")) == 1


def test_leads_that_are_missing_keep_the_stage_that_they_hold(runs: list[Run]) -> None:
    held = runs[SECOND_AT_3RD].of_lead("stage_changes", "gone")
    assert held
    assert runs[5].of_lead("stage_changes", "gone") == held
