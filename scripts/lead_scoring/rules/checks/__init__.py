"""Checks rule tables before a run uses them: every row, every name, every value.

What is refused here would fail in dbt, or score wrongly without a word.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from lead_scoring.rules.checks.advice import advise
from lead_scoring.rules.checks.buying_roles import check_buying_roles
from lead_scoring.rules.checks.cells import check_cells
from lead_scoring.rules.checks.characters import check_characters
from lead_scoring.rules.checks.conditions import check_conditions
from lead_scoring.rules.checks.findings import Finding, Level, worst_first
from lead_scoring.rules.checks.folder import find_files
from lead_scoring.rules.checks.maps import check_maps
from lead_scoring.rules.checks.predictions import check_predictions
from lead_scoring.rules.checks.reading import read_table
from lead_scoring.rules.checks.references import check_keys, check_references
from lead_scoring.rules.checks.relations import check_relations
from lead_scoring.rules.checks.schema import PREFIX, SEEDS, schemas
from lead_scoring.rules.checks.shadowed_rows import shadowed_rows
from lead_scoring.rules.checks.tables import RuleTables, Table

__all__ = ["Finding", "Level", "check_folder", "read_folder"]


def check_folder(folder: Path | None, database: Path | None = None) -> list[Finding]:
    """Returns what is wrong or odd in the rule tables of a folder, worst first.

    A file that the folder does not hold is the project's own; None: all of them are.
    database: a finished run, whose leads tell which rules never decide.
    Raises NotADirectoryError where the folder does not exist, DatabaseError where the database
    cannot be read.
    """
    tables, findings = read_folder(folder)
    if tables.are_whole(*tables.tables):
        is_sound = not any(finding.is_refusal for finding in findings)
        findings += advise(tables)
        if is_sound:  # what rows do to each other is not known where one of them is wrong
            findings += shadowed_rows(tables)
        if database is not None:
            # Not needed, and DuckDB not loaded, without one.
            from lead_scoring.rules.checks.data_advice import advise_on_data

            findings += advise_on_data(tables, database)
    return worst_first(findings)


def read_folder(folder: Path | None) -> tuple[RuleTables, list[Finding]]:
    """Returns the rule tables of a folder as far as they could be read, and their errors.

    Raises NotADirectoryError where the folder does not exist.
    """
    files, findings = find_files(folder, schemas())
    tables = {}
    for name, file in files.items():
        tables[name], faults = _checked_table(name, file, _version(file))
        findings += faults
    rules = RuleTables(tables)
    for check in (
        check_references,
        check_conditions,
        check_relations,
        check_buying_roles,
        check_maps,
        check_predictions,
    ):
        _add(findings, check(rules))
    if folder is not None:
        findings = [_with_way_out(finding, folder) for finding in findings]
    return rules, worst_first(findings)


def _version(file: Path) -> tuple[int, int] | None:
    """Returns what is another after a file was written; None where there is none to be read."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=64)
def _checked_table(
    name: str, file: Path, version: tuple[int, int] | None
) -> tuple[Table, tuple[Finding, ...]]:
    """Returns a table and the faults of its cells. A run asks for the same file several times, and
    some hold as many rows as all the others together."""
    table, findings = read_table(schemas()[name], file)
    _add(findings, check_characters(table))
    _add(findings, check_cells(table))
    _add(findings, check_keys(table))
    return table, tuple(findings)


def _add(findings: list[Finding], further: Iterable[Finding]) -> None:
    """Adds findings about other cells: one fault a cell is enough, the first is the cause."""
    places = {(finding.file, finding.row, finding.column) for finding in findings}
    for finding in further:
        if (finding.file, finding.row, finding.column) not in places:
            findings.append(finding)


def _with_way_out(finding: Finding, folder: Path) -> Finding:
    """Tells whoever gave a folder that a table of the project itself can be replaced in it."""
    if finding.file.parent != SEEDS or folder.resolve() == SEEDS:
        return finding
    table = finding.file.stem.removeprefix(PREFIX)
    return replace(finding, mend=f"{finding.mend} Or put a {table}.csv of your own into {folder}.")
