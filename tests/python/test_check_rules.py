"""The check of rule tables: what it refuses, where, and with which mend; what it lets pass."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from lead_scoring.commands.app import app
from lead_scoring.rules.checks import check_folder
from rule_files.changes import good_files, older_files, with_cell, write
from rule_files.mangled import MANGLED
from rule_files.mangling import Mangled


def test_the_good_tables_are_accepted_without_a_word(tmp_path: Path) -> None:
    assert check_folder(write(good_files(), tmp_path / "rules")) == []
    assert check_folder(write(older_files(), tmp_path / "older")) == []
    last = good_files() | {"scorecards.csv": with_cell("scorecards", "small_b", "priority", "")}
    assert check_folder(write(last, tmp_path / "last")) == []


@pytest.mark.parametrize("mangled", MANGLED, ids=lambda mangled: mangled.name)
def test_a_mangled_file_is_refused_with_its_place_and_mend(
    mangled: Mangled, tmp_path: Path
) -> None:
    findings = check_folder(write(good_files() | dict(mangled.files), tmp_path / "rules"))
    assert findings, "it was accepted"
    worst = findings[0]
    assert worst.is_refusal
    assert (worst.file.name, worst.row, worst.column) == (mangled.file, mangled.row, mangled.column)
    assert mangled.mend in worst.mend


def call(*arguments: object) -> tuple[int, str]:
    """The exit code of the command and what it prints."""
    result = CliRunner().invoke(app, ["check", "rules", *map(str, arguments)])
    return result.exit_code, result.output


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database of no run: nothing is known of leads."""
    duckdb.connect(str(tmp_path / "empty.duckdb")).close()
    return tmp_path / "empty.duckdb"


def test_a_right_folder_passes(tmp_path: Path, database: Path) -> None:
    rules = write(good_files(), tmp_path / "rules")
    code, output = call(rules, "--database", database)
    assert (code, output) == (0, "The rule tables can be used: no errors, 0 warnings.\n")
    assert call(rules, "--database", database, "--github") == (0, "")


def test_all_findings_are_shown_at_once_worst_first(tmp_path: Path, database: Path) -> None:
    files = good_files() | {
        "signals.csv": b"",
        "fit_rules.csv": with_cell("fit_rules", "manager,*", "points", "10%,\u200b"),
        "scorecards.csv": with_cell("scorecards", "mid_market", "priority", "10"),
    }
    rules = write(files, tmp_path / "rules")
    code, output = call(rules, "--database", database, "--json")
    document = json.loads(output)
    assert code == 1
    assert (document["refused"], document["warnings"]) == (3, 0)
    places = [
        (Path(finding["file"]).name, finding["row"], finding["line"], finding["column"])
        for finding in document["findings"]
    ]
    assert places == [
        ("signals.csv", 1, 1, None),
        ("fit_rules.csv", 3, 3, "points"),
        ("scorecards.csv", 3, 3, "priority"),
    ]
    assert document["findings"][1]["value"] == "10%,<U+200B>"
    code, output = call(rules, "--database", database, "--github")
    second = output.splitlines()[1]
    assert second.startswith("::error file=")
    assert "fit_rules.csv,line=3,title=row 3%2C points::10%25,<U+200B>: holds a" in second
    code, output = call(rules, "--database", database)
    assert code == 1
    assert output.endswith("Refused: 3 errors, 0 warnings.\n")
    # a long path is broken into lines: only the order counts
    shown = "".join(output.split())
    assert shown.index("signals.csv") < shown.index("fit_rules.csv")


def test_rows_and_lines_are_told_apart_where_cells_have_line_breaks(tmp_path: Path) -> None:
    content = with_cell("fit_rules", "decision_maker", "note", "one\ntwo\nthree")
    content = content.replace(b"manager,10,", b"manager,x,")
    finding = check_folder(write(good_files() | {"fit_rules.csv": content}, tmp_path / "rules"))[0]
    assert (finding.row, finding.line, finding.column) == (3, 5, "points")


def test_a_missing_folder_or_database_is_said(tmp_path: Path) -> None:
    code, output = call(tmp_path / "none")
    assert (code, "There is no folder" in output) == (2, True)
    code, output = call("--database", tmp_path / "none.duckdb")
    assert (code, "There is no database" in output) == (2, True)


def test_a_last_run_that_cannot_be_read_is_left_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.duckdb").write_text("x")
    monkeypatch.setenv("LEAD_SCORING_DATABASE", str(tmp_path / "x.duckdb"))
    assert call(write(good_files(), tmp_path / "rules"))[0] == 0


def test_our_own_tables_are_accepted() -> None:
    assert not [finding for finding in check_folder(None) if finding.is_refusal]


@pytest.mark.parametrize(("cell", "found"), [("", 0), ("yes", 0), ("perhaps", 1)])
def test_what_can_be_prompted_is_a_flag(cell: str, found: int, tmp_path: Path) -> None:
    header, *lines = good_files()["event_types.csv"].decode().splitlines()
    rows = [f"{header},can_be_prompted", *(f"{line},{cell}" for line in lines)]
    content = "\n".join(rows).encode() + b"\n"
    findings = check_folder(write(good_files() | {"event_types.csv": content}, tmp_path / "rules"))
    assert len(findings) == found * len(lines)
    assert all(finding.column == "can_be_prompted" for finding in findings)
