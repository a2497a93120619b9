"""What a run lends to the next: what dbt has read of the project."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest

from lead_scoring.project import PROJECT
from lead_scoring.runs import project_read, runner
from lead_scoring.runs.failures import RunFailed
from lead_scoring.runs.project_read import (
    KEPT,
    MOMENTS,
    OF_SQL_ALONE,
    READ_PROJECT,
    read_variables,
    reading,
)


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of what was read before."""
    folder = tmp_path / "read"
    monkeypatch.setattr(project_read, "READ_BEFORE", folder)
    return folder


def read_in(work_folder: Path, name: str, text: str | None) -> str | None:
    """Runs in a work folder, in which dbt writes what it read; returns what it found there."""
    file = work_folder / "target" / READ_PROJECT
    with reading(work_folder, name):
        found = file.read_text() if file.exists() else None
        if text is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
    return found


def test_a_new_folder_gets_what_was_read_last_for_the_same_run(tmp_path: Path, kept: Path) -> None:
    assert read_in(tmp_path / "a", "x {}", "first") is None
    assert read_in(tmp_path / "b", "x {}", None) == "first"
    assert read_in(tmp_path / "c", "x {'other': 1}", None) is None
    (known,) = kept.iterdir()
    os.utime(known, ns=(0, 0))
    assert read_in(tmp_path / "a", "x {}", "second") == "first"
    assert read_in(tmp_path / "d", "x {}", None) == "second"
    assert read_in(tmp_path / "b", "x {}", None) == "first", "what a folder has it keeps"


def test_only_the_newest_are_kept(tmp_path: Path, kept: Path) -> None:
    for number in range(KEPT + 3):
        read_in(tmp_path / str(number), f"x {number}", str(number))
        (newest,) = (file for file in kept.iterdir() if file.read_text() == str(number))
        os.utime(newest, ns=(number, number))
    assert {file.read_text() for file in kept.iterdir()} == {
        str(number) for number in range(3, KEPT + 3)
    }


def test_a_folder_that_cannot_be_written_is_no_obstacle(tmp_path: Path, kept: Path) -> None:
    kept.write_text("a file")
    assert read_in(tmp_path / "a", "x", "first") is None
    assert kept.read_text() == "a file"


def test_a_run_loads_its_own_seeds_wherever_the_project_was_read(tmp_path: Path) -> None:
    lists = []
    for name in ("a", "b"):
        database = tmp_path / name / "scores.duckdb"
        runner.score(database=database, select=["lead_scoring__lists"], with_tests=False)
        with duckdb.connect(str(database)) as connection:
            lists.append(connection.sql("from lead_scoring__lists").fetchall())
        shutil.rmtree(tmp_path / name)
    assert lists[0] == lists[1] and len(lists[0]) > 10_000


def what_is_read(folder: Path, variables: Mapping[str, object]) -> dict[str, object]:
    """What dbt decides when it reads the project: by node what it reads and how it is made."""
    (folder / "project").mkdir(parents=True)
    (folder / "project" / "seeds").symlink_to(PROJECT / "seeds")
    runner.invoke(["parse", "--vars", json.dumps(variables)], folder)
    manifest = json.loads((folder / "target" / "manifest.json").read_text())
    return {
        key: (
            node.get("depends_on", {}).get("nodes"),
            {name: value for name, value in node["config"].items() if "hook" not in name},
            node.get("columns"),
            node.get("relation_name"),
        )
        for part in ("nodes", "sources", "disabled")
        for key, found in manifest[part].items()
        for node in (found if isinstance(found, list) else [found])
    }


@pytest.mark.thorough
def test_vars_of_sql_alone_change_nothing_of_what_is_read(tmp_path: Path) -> None:
    of_reading = {"lead_scoring_evidence": True}  # every model is there
    odd: dict[str, object] = {
        **dict.fromkeys(OF_SQL_ALONE, 7),
        "lead_scoring_account_method": "sum",
        "lead_scoring_announce_rule_changes": True,
        "lead_scoring_bot_bursts": [[1, 1]],
        "lead_scoring_date_order": "dmy",
        "lead_scoring_evidence_days": [1, 2, 3],
        "lead_scoring_evidence_purpose": "first_mql",
        "lead_scoring_input_time_zone": "Asia/Kolkata",
        "lead_scoring_time_zone": "America/Caracas",
        "lead_scoring_weekly_capacity": {"*": 1},
    }
    assert read_variables(odd | of_reading) == of_reading
    plain = what_is_read(tmp_path / "plain", of_reading)
    assert len(plain) > 300
    assert what_is_read(tmp_path / "odd", odd | of_reading) == plain


def test_of_moments_dbt_reads_only_that_they_are_wanted() -> None:
    read = read_variables({MOMENTS: "(select 1)", "lead_scoring_outcomes": "x"})
    assert read == {MOMENTS: "given", "lead_scoring_outcomes": "x"}
    assert read_variables({MOMENTS: None}) == {MOMENTS: None}


def test_a_new_database_has_the_format_of_the_profile(tmp_path: Path) -> None:
    database = tmp_path / "deep" / "scores.duckdb"
    runner.check_database(database)
    with duckdb.connect(str(database), read_only=True) as connection:
        (tags,) = connection.sql(
            "select tags from duckdb_databases() where not internal"
        ).fetchall()
    assert tags == ({"storage_version": f"{runner.STORAGE_VERSION}+"},)
    profile = (PROJECT / "profiles.yml").read_text()
    assert f"storage_compatibility_version: {runner.STORAGE_VERSION}" in profile


def test_a_run_leaves_the_working_folder_as_it_was(tmp_path: Path) -> None:
    before = Path.cwd()
    with pytest.raises(RunFailed):
        runner.invoke(["no-such-command"], tmp_path)
    assert Path.cwd() == before


def test_a_database_is_found_through_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = tmp_path / "deep" / "down" / "work" / "project"
    project.mkdir(parents=True)
    (tmp_path / "short").symlink_to(project.parents[1])
    (tmp_path / "data").mkdir()
    file = tmp_path / "data" / "scores.duckdb"
    file.touch()
    linked = tmp_path / "short" / "work" / "project"
    monkeypatch.chdir(linked)
    assert Path(runner.seen_from(linked, file)).samefile(file)


def test_descriptions_may_move_to_another_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a newer version of the project: what dbt read of the older one is no obstacle."""
    project = tmp_path / "project"
    for name in ("macros", "models", "tests", "analyses"):
        (project / name).mkdir(parents=True)
    for name in ("dbt_project.yml", "profiles.yml"):
        shutil.copy(PROJECT / name, project / name)
    names = ("half", "third", "whole")
    described = [f"{{name: {name}, description: A number.}}" for name in names]
    (project / "macros" / "numbers.sql").write_text(
        "".join(f"{{% macro {name}() %}}1{{% endmacro %}}" for name in names)
    )
    older, newer = (project / "macros" / name for name in ("numbers.yml", "parts.yml"))
    older.write_text(f"macros: [{', '.join(described)}]")
    monkeypatch.setattr(project_read, "PROJECT", project)
    for _ in range(2):
        macros = runner.read_project(tmp_path / "run", {}).macros
        assert {macros[f"macro.lead_scoring.{name}"].description for name in names} == {"A number."}
        older.write_text(f"macros: [{described[2]}]")
        newer.write_text(f"macros: [{', '.join(described[:2])}]")
