"""The check of rule tables: what it refuses, where, and with which mend; what it lets pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from lead_scoring.rule_checks import check_folder
from rule_files.changes import good_files, write
from rule_files.mangled import MANGLED, Mangled


def test_the_good_tables_are_accepted_without_a_word(tmp_path: Path) -> None:
    assert check_folder(write(good_files(), tmp_path / "rules")) == []


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
