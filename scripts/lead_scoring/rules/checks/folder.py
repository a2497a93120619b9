"""Which file holds which rule table: those of a folder, the project's own for the rest."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path

from lead_scoring.rules.checks.findings import Finding, Level
from lead_scoring.rules.checks.schema import PREFIX, SEEDS, Schema

# What may lie beside the rule tables without being one.
OTHER_ENDINGS = (".md", ".txt", ".yml", ".yaml")
# What import rules could not place.
OTHER_FILES = ("not_placed.csv",)
WORKBOOKS = (".xlsx", ".xls", ".xlsm", ".ods", ".numbers")


def find_files(
    folder: Path | None, schemas: Mapping[str, Schema]
) -> tuple[dict[str, Path], list[Finding]]:
    """Returns the file of each rule table by the contract's name, and what is wrong in the folder.

    Raises NotADirectoryError where the folder does not exist.
    """
    files = {name: SEEDS / f"{PREFIX}{name}.csv" for name in schemas}
    if folder is None:
        return files, []
    if not folder.is_dir():
        raise NotADirectoryError(
            f"There is no folder {folder}. Give the folder that holds your rule tables."
        )
    findings = []
    found: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        name = path.stem.lower().removeprefix(PREFIX)
        if path.suffix.lower() == ".csv" and name in schemas:
            if name in found:
                findings.append(
                    _finding(path, f"is the table {name}, as {found[name].name} is", "Keep one.")
                )
            found[name] = path
        elif not _is_something_else(path):
            findings.append(_unknown(path, name, schemas))
    if not found and not findings:
        findings.append(
            _finding(folder, "holds no rule table", "Put a file such as fit_rules.csv into it.")
        )
    return files | found, findings


def _is_something_else(path: Path) -> bool:
    return (
        path.is_dir()
        or path.name.startswith((".", "~$"))
        or path.suffix.lower() in OTHER_ENDINGS
        or path.name in OTHER_FILES
    )


def _unknown(path: Path, name: str, schemas: Mapping[str, Schema]) -> Finding:
    if path.suffix.lower() in WORKBOOKS:
        return _finding(
            path, "is a workbook", "Save each sheet as CSV UTF-8 (comma delimited), then remove it."
        )
    likely = get_close_matches(name, schemas, 1, 0.6)
    wanted = f"{likely[0]}.csv" if likely else "a table's name, such as fit_rules.csv,"
    return _finding(path, "is no rule table", f"Rename it to {wanted} or remove it.")


def _finding(path: Path, problem: str, mend: str) -> Finding:
    return Finding(Level.FILE, path, None, None, None, None, problem, mend)
