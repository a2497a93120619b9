"""Whoever builds a part of the graph finds each table as a full run makes it, or untouched.

Every fifth of the parts; `pytest tests/python/test_selectors.py --thorough` builds all.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from dbt.cli.main import dbtRunner, dbtRunnerResult

from lead_scoring.demo.files import generate
from lead_scoring.project import PROJECT
from lead_scoring.rules.files import PREFIX, SEEDS
from lead_scoring.runs.lean_dbt import lean_dbt
from lead_scoring.runs.runner import release_database, score
from runs import short_lists
from same_rows import compare_databases, tables_of

BEFORE, LATER = "2026-06-28T06:00:00Z", "2026-06-30T12:00:00Z"
RULES = "lead_scoring__engagement_rules.csv"
SELECTIONS = (
    "+lead_scores",
    "lead_scores",
    "+lead_handoffs",
    "path:models/inputs",
    "path:models/scores",
    "path:models/record",
    "path:models/marts",
    # what hangs on a model, with all that it needs: plain "+model+" leaves out other parents
    "@int_lead_scoring__scores",
    "stg_lead_scoring__events",
    "int_lead_scoring__engagement_points+",
)


@dataclass(frozen=True)
class Ground:
    """A database, and what one full run makes of it after everything has changed."""

    data: Path
    rules: Path
    before: Path
    after: Path


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    folder = tmp_path_factory.mktemp("selectors")
    data, rules = folder / "data", folder / "rules"
    generate(data, leads=100, events=1000)
    short_lists(rules)
    shutil.copyfile(SEEDS / RULES, rules / RULES)
    before, after = (folder / name / "lead_scoring.duckdb" for name in ("before", "after"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DBT_INDIRECT_SELECTION", "empty")
        patch.setenv("DBT_WRITE_JSON", "false")  # `dbt retry` writes what it needs all the same
        score(data=data, rules=rules, as_of=BEFORE, database=before, with_tests=False)
        change_everything(data, rules)
        after.parent.mkdir()
        shutil.copyfile(before, after)
        score(data=data, rules=rules, as_of=LATER, database=after, with_tests=False)
        yield Ground(data, rules, before, after)


def change_everything(data: Path, rules: Path) -> None:
    """Other leads, events, outcomes and points."""
    change_rows(data / "leads.csv", {"job_title": "VP Sales"})
    change_rows(data / "events.csv", {"event_type": "demo_requested"})
    change_rows(data / "outcomes.csv", {"outcome": "won"})
    text = (SEEDS / RULES).read_text(encoding="utf-8")
    (rules / RULES).write_text(text.replace(",25,once,", ",40,once,", 1), encoding="utf-8")


def change_rows(path: Path, cells: Mapping[str, str]) -> None:
    """Every ninth row gets other cells, every thirteenth goes."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows[::9]:
        row.update(cells)
    del rows[::13]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def differing_tables(one: Path, other: Path) -> set[str]:
    """The tables of which one database has other rows than the other."""
    names = sorted(tables_of(one) & tables_of(other))
    return {difference.table for difference in compare_databases(one, other, names)}


def test_everything_has_changed(ground: Ground) -> None:
    changed = differing_tables(ground.before, ground.after)
    assert {"stg_lead_scoring__events", "lead_scores", "lead_score_changes"} <= changed
    assert {"int_lead_scoring__score_log", "account_scores", "lead_decay"} <= changed


def test_a_part_is_built_as_a_full_run_does_or_not_at_all(
    selection: str, ground: Ground, tmp_path: Path
) -> None:
    database = tmp_path / "lead_scoring.duckdb"
    shutil.copyfile(ground.before, database)
    score(
        data=ground.data,
        rules=ground.rules,
        as_of=LATER,
        database=database,
        select=[*selection.split(), "resource_type:seed"] if selection[0] == "+" else [selection],
        with_tests=False,
    )
    mixed = differing_tables(ground.before, database) & differing_tables(ground.after, database)
    assert not mixed, mixed


def test_dbt_retry_after_a_step_that_broke_ends_in_what_a_full_run_makes(
    ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A step that breaks, and is mended. (dbt itself says "Nothing to do" after it was killed from
    outside: it then knows of no step that failed, and the whole job is run again.)"""
    database = tmp_path / "lead_scoring.duckdb"
    shutil.copyfile(ground.before, database)
    for name, value in {
        "LEAD_SCORING_DATABASE": str(database),
        "LEAD_SCORING_DATA": str(ground.data),
        "LEAD_SCORING_AS_OF": LATER,
        "DBT_WRITE_JSON": "true",
        "DBT_LOG_LEVEL": "none",
    }.items():
        monkeypatch.setenv(name, value)
    # In a project of its own: plain dbt takes rule tables and models from its folder alone. What it
    # reads for nothing here is left out.
    project = tmp_path / "project"
    project.mkdir()
    for name in ("dbt_project.yml", "profiles.yml", "macros", "scripts"):
        (project / name).symlink_to(PROJECT / name)
    shutil.copytree(
        PROJECT / "models", project / "models", ignore=shutil.ignore_patterns("unit_tests_*")
    )
    shutil.copytree(SEEDS, project / "seeds")
    for file in ground.rules.iterdir():
        name = file.name if file.name.startswith(PREFIX) else f"{PREFIX}{file.name}"
        shutil.copyfile(file, project / "seeds" / name)
    broken = project / "models" / "scores" / "points" / "int_lead_scoring__reasons.sql"
    whole = broken.read_text(encoding="utf-8")
    in_parts = whole.replace("scorecards.first_scorecard_rule", "scorecards.no_rule")
    assert in_parts != whole
    broken.write_text(in_parts, "utf-8")
    monkeypatch.chdir(project)

    def dbt(*words: str) -> dbtRunnerResult:
        with lean_dbt():
            ended = dbtRunner().invoke([*words, "--no-use-colors", "--quiet"])
        release_database()
        return ended

    assert not dbt("build", "--exclude-resource-type", "test").success
    assert "lead_scores" not in differing_tables(ground.before, database)
    broken.write_text(whole, encoding="utf-8")
    retried = dbt("retry")
    assert retried.success, retried
    assert not differing_tables(ground.after, database)
