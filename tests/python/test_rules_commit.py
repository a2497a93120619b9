"""The commit of the rule tables, in repositories made for the test, and how a run records it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import duckdb
import pytest

from lead_scoring.project import PROJECT
from lead_scoring.rules import commit as module
from lead_scoring.rules.commit import rules_commit
from lead_scoring.runs import runner
from lead_scoring.runs.project_read import PARTS, link_project

TABLE = "rule_id,scorecard,after_days,every_days,points,max_times\nquiet,*,30,,-10,\n"


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=Ann", "-c", "user.email=ann@example.com"]
    command = ["git", "-C", str(folder), *identity, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def commit_all(folder: Path) -> str:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Change the rules")
    return git(folder, "rev-parse", "HEAD")[:12]


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A folder of rule tables in a repository, all of it committed."""
    folder = tmp_path / "repository" / "rules"
    folder.mkdir(parents=True)
    git(folder.parent, "init", "--quiet")
    (folder / "inactivity_rules.csv").write_text(TABLE)
    (folder / "lists.csv").write_text("list,entry\ncompetitor,acme\n")
    commit_all(folder.parent)
    return folder


def test_a_clean_folder_has_its_commit(rules: Path) -> None:
    commit = git(rules, "rev-parse", "HEAD")[:12]
    assert rules_commit(rules) == commit
    (rules / "README.md").write_text("Our rules.")
    (rules / "not_placed.csv").write_text("what,why\n")
    (rules.parent / "other.csv").write_text("no rule table\n")
    assert rules_commit(rules) == commit
    assert rules_commit(rules.parent / "rules" / ".." / "rules") == commit


@pytest.mark.parametrize("change", ["edited", "added to git", "removed", "new", "ignored"])
def test_tables_that_are_not_as_committed_are_marked(rules: Path, change: str) -> None:
    table = rules / "inactivity_rules.csv"
    if change == "removed":
        table.unlink()
    elif change in ("new", "ignored"):
        (rules / "Thresholds.CSV").write_text("scorecard,ladder,label\n")
        (rules.parent / ".gitignore").write_text("*.CSV\n" if change == "ignored" else "")
    else:
        table.write_text(TABLE.replace("-10", "-20"))
    if change == "added to git":
        git(rules, "add", "--all")
    commit = git(rules, "rev-parse", "HEAD")[:12]
    assert rules_commit(rules) == f"{commit}+"
    git(rules.parent, "add", "--all", "--force")
    assert rules_commit(rules) == f"{commit}+"
    git(rules.parent, "commit", "--quiet", "--message", "Change the rules")
    assert rules_commit(rules) == git(rules, "rev-parse", "HEAD")[:12] != commit


def test_of_our_own_tables_those_count_that_the_run_takes(
    rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds = rules.parent / "seeds"
    seeds.mkdir()
    for name in ("inactivity_rules", "thresholds"):
        (seeds / f"lead_scoring__{name}.csv").write_text(TABLE)
    commit = commit_all(rules.parent)
    monkeypatch.setattr(module, "SEEDS", seeds)
    assert rules_commit(None) == rules_commit(rules) == commit
    (seeds / "lead_scoring__inactivity_rules.csv").write_text("")
    assert rules_commit(None) == f"{commit}+"
    assert rules_commit(rules) == commit
    (seeds / "lead_scoring__thresholds.csv").write_text("")
    assert rules_commit(rules) == f"{commit}+"


def test_without_git_or_a_commit_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert rules_commit(tmp_path) == ""
    git(tmp_path, "init", "--quiet")
    assert rules_commit(tmp_path) == ""
    (tmp_path / "inactivity_rules.csv").write_text(TABLE)
    assert rules_commit(tmp_path) == ""
    commit = commit_all(tmp_path)
    assert rules_commit(tmp_path) == commit
    monkeypatch.setenv("PATH", str(tmp_path))
    assert rules_commit(tmp_path) == ""


def test_a_run_records_the_commit(
    rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (rules / "lists.csv").unlink()
    commit = commit_all(rules.parent)
    database = tmp_path / "scores.duckdb"
    # Tests that look at other tables too would not find them.
    monkeypatch.setenv("DBT_INDIRECT_SELECTION", "cautious")
    runner.score(rules=rules, database=database, select=["+int_lead_scoring__rules_fingerprint"])
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.sql("from int_lead_scoring__rules_fingerprint").fetchall()
    assert [row[1] for row in found] == [commit]


def test_a_run_folder_follows_its_checkout(tmp_path: Path) -> None:
    elsewhere = tmp_path / "another checkout"
    (elsewhere / "models").mkdir(parents=True)
    project = tmp_path / "project"
    project.mkdir()
    (project / "models").symlink_to(elsewhere / "models")
    (project / "macros").symlink_to(tmp_path / "gone")
    for _ in range(2):
        assert link_project(project) == project
        for name in PARTS:
            assert (project / name).resolve() == PROJECT / name
        models = [file for file in (project / "models").rglob("*") if file.is_file()]
        assert {file.name for file in models} > {"lead_scores.sql", "stages.yml", "columns.md"}
        for file in models:
            assert file.resolve() == PROJECT / file.relative_to(project)
            assert not file.name.startswith("unit_tests_")
    assert (elsewhere / "models").is_dir()
