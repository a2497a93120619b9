"""Data that the models do not understand are not published, looked at before or not."""

from __future__ import annotations

import re
from ast import literal_eval
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from lead_scoring.data.checks import Limits
from lead_scoring.places import places_of
from lead_scoring.project import PROJECT
from lead_scoring.published.scored_run import HeldBack, Options, score_and_publish
from lead_scoring.runs.failures import RunFailed
from lead_scoring.runs.runner import score

LEADS = [f"L{number},2026-01-01,{{employees}}" for number in range(3)]


def write(folder: Path, employees: str) -> Path:
    rows = [row.format(employees=employees) for row in LEADS]
    files = {
        "leads": ["lead_id,created_at,employee_count", *rows],
        "events": ["event_id,lead_id,event_type,occurred_at"],
        "outcomes": ["lead_id,outcome,occurred_at"],
    }
    folder.mkdir(exist_ok=True)
    for name, lines in files.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_the_check_and_the_models_hold_back_from_the_same_limits_on() -> None:
    sql = (PROJECT / "tests" / "marts" / "assert_inputs_are_understood.sql").read_text("utf-8")
    (limits,) = re.findall(r"set limits = (\{.*?\})", sql, re.DOTALL)
    assert literal_eval(limits) == asdict(Limits())


def unreadable(folder: Path) -> Options:
    """A run whose numbers of employees are words, which nobody looked at before."""
    return Options(
        database=folder / "scores.duckdb",
        data=write(folder / "data", "many"),
        as_of="2026-06-30",
        checks_data=False,
    )


def test_a_column_that_cannot_be_read_holds_a_run_back(tmp_path: Path) -> None:
    options = unreadable(tmp_path)
    with pytest.raises(HeldBack, match="check data"):
        score_and_publish(options, print)
    assert not places_of(options.database).database.exists()


@pytest.mark.thorough
def test_it_is_published_where_somebody_says_so(tmp_path: Path) -> None:
    options = unreadable(tmp_path)
    published = score_and_publish(replace(options, publish_anyway=True), print)
    assert published.record.tests_warned >= 1


@pytest.mark.parametrize(
    "leads",
    [
        "lead_id,created_at\n",
        "lead_id,created_at,deleted_at\n" + "".join(f"L{at},2026-01-01,false\n" for at in range(3)),
    ],
    ids=["leads without rows", "leads deleted by a flag"],
)
def test_a_run_that_would_forget_everybody_is_held_back(leads: str, tmp_path: Path) -> None:
    data = write(tmp_path / "data", "1")
    (data / "leads.csv").write_text(leads, encoding="utf-8")
    with pytest.raises(RunFailed, match="assert_inputs_are_understood"):
        score(
            data=data,
            as_of="2026-06-30",
            database=tmp_path / "scores.duckdb",
            select=["+assert_inputs_are_understood"],
        )
