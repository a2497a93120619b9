"""Mangled data folders: each is refused, held back or reported by name; none goes in silently."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO
from itertools import zip_longest
from pathlib import Path

import pytest
from rich.console import Console

from data_folders.broken_files import BROKEN_FILES, Refused
from data_folders.broken_rows import BROKEN_ROWS
from data_folders.broken_values import BROKEN_VALUES, Reported
from data_folders.changes import CANARY, TABLES, Files, written_folder
from lead_scoring.data import checks as data_checks
from lead_scoring.data.checks import DataFindings
from lead_scoring.data.checks.findings import Level
from lead_scoring.data.checks.report import as_github, as_json, print_text, sentence

pytestmark = pytest.mark.usefixtures("rules_read_once")


def checked(files: Files, folder: Path) -> tuple[DataFindings, str]:
    """What is found in a folder, and all that is printed of it."""
    found = data_checks.check_folder(written_folder(files, folder))
    screen = Console(file=StringIO(), width=120)
    print_text(found, screen)
    assert isinstance(screen.file, StringIO)
    return found, f"{screen.file.getvalue()}{as_json(found)}{as_github(found)}"


def test_the_good_folder_has_no_fault(tmp_path: Path) -> None:
    found, _ = checked({}, tmp_path / "data")
    assert [sentence(finding) for finding in found.findings] == []
    assert found.rows == {"leads": 12, "events": 40, "outcomes": 8, "lead_merges": 3}


@pytest.mark.parametrize("refused", BROKEN_FILES, ids=lambda one: one.name)
def test_a_broken_file_is_refused_by_name(refused: Refused, tmp_path: Path) -> None:
    found, printed = checked(refused.files, tmp_path / "data")
    assert [finding.level for finding in found.findings] == [Level.REFUSED]
    message = sentence(found.findings[0])
    assert refused.file in message
    assert refused.words in message
    assert CANARY not in printed.lower()


def shared_folders() -> list[tuple[Reported, ...]]:
    """Faults of different tables together, since a check takes a second.

    Leads whose rows are wrong lie alone: what is said of other tables depends on them.
    """
    folders: list[tuple[Reported, ...]] = []
    for faults, alone in ((BROKEN_VALUES, set()), (BROKEN_ROWS, {"leads"})):
        by_table: dict[str, list[Reported]] = {table: [] for table in TABLES}
        for one in faults:
            changed = {table for table in TABLES for name in one.files if name.startswith(table)}
            if len(changed) > 1 or changed & alone:
                folders.append((one,))
            else:
                by_table[changed.pop()].append(one)
        together = zip_longest(*by_table.values())
        folders += [tuple(one for one in found if one is not None) for found in together]
    return folders


def test_broken_values_are_held_back_or_reported_by_name(
    faults: Sequence[Reported], tmp_path: Path
) -> None:
    files = {name: content for one in faults for name, content in one.files.items()}
    found, printed = checked(files, tmp_path / "data")
    assert found.is_refused is any(one.is_held_back for one in faults)
    for one in faults:
        said = [told.problem + told.mend for told in found.findings if told.place == one.place]
        assert any(one.words in words for words in said), (one.name, said)
    assert CANARY not in printed.lower()


def test_there_are_sixty_kinds_and_more() -> None:
    names = [one.name for one in BROKEN_FILES]
    names += [one.name for one in (*BROKEN_VALUES, *BROKEN_ROWS)]
    assert len(set(names)) == len(names) >= 60
