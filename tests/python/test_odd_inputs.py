"""Odd data folders that are right: nothing is said of them, and they become the same tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_folders.changes import Files, written_folder
from data_folders.odd import FORMS, ODD_FOLDERS, SPARSE_FOLDERS
from lead_scoring.data.checks import check_folder
from lead_scoring.runs import runner
from same_rows import compare_databases, public_tables

AS_OF = "2025-06-30T12:00:00Z"
# They tell of the files themselves.
OF_FILES = {"input_columns"}


@pytest.mark.parametrize("name", [*ODD_FOLDERS, *SPARSE_FOLDERS])
def test_nothing_is_said_of_an_odd_folder(name: str, tmp_path: Path) -> None:
    found = check_folder(written_folder((ODD_FOLDERS | SPARSE_FOLDERS)[name], tmp_path / "data"))
    assert [f"{one.place}: {one.problem}" for one in found.findings] == []
    assert found.rows["leads"] == 12
    assert found.rows["events"] == 40


def scored(files: Files, folder: Path) -> Path:
    """The database of a run on these files."""
    data = written_folder(files, folder / "data")
    database = folder / "scores.duckdb"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DBT_WRITE_JSON", "false")
        runner.score(data=data, as_of=AS_OF, database=database, with_tests=False)
    return database


def test_odd_folders_become_the_tables_of_the_good_one(tmp_path: Path) -> None:
    expected = scored({}, tmp_path / "good")
    tables = [name for name in public_tables(expected) if name not in OF_FILES]
    assert {"lead_scores", "score_reasons", "lead_contacts", "account_scores"} <= set(tables)
    for name, files in ODD_FOLDERS.items():
        actual = scored(files, tmp_path / name)
        assert compare_databases(expected, actual, tables) == [], name


def test_there_are_twenty_five_forms_and_more() -> None:
    assert len(set(FORMS)) == len(FORMS) >= 25
