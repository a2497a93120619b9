"""Prints findings: as a table for people, as JSON, or as annotations of a GitHub workflow."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from rich.console import Console

from lead_scoring.rules.checks.findings import Finding
from lead_scoring.terminal import heading, shown, table

# More findings than a person reads at once; JSON has them all.
MOST_ROWS = 100


def print_table(findings: Sequence[Finding], screen: Console) -> None:
    """Prints the findings as a table, and how many there are."""
    for (is_refusal, file), group in groupby(findings[:MOST_ROWS], _group):
        screen.print(heading(f"{'Refused' if is_refusal else 'Warning'}: {short(file)}"))
        grid = table(["row", "column", "value", "what is wrong, and how to mend it"], ["row"])
        for finding in group:
            grid.add_row(
                shown(finding.row or ""),
                shown(finding.column or ""),
                shown(finding.value or ""),
                shown(f"{_sentence(finding.problem)} {finding.mend}"),
            )
        screen.print(grid)
        screen.print()
    if len(findings) > MOST_ROWS:
        screen.print(f"And {len(findings) - MOST_ROWS:,} more: --format json shows them all.")
    screen.print(summary(findings))


def _group(finding: Finding) -> tuple[bool, Path]:
    return finding.is_refusal, finding.file


def summary(findings: Sequence[Finding]) -> str:
    """Returns the closing line: how many findings, and whether a run may use the tables."""
    refused = sum(finding.is_refusal for finding in findings)
    warnings = counted(len(findings) - refused, "warning")
    if refused:
        return f"Refused: {counted(refused, 'error')}, {warnings}."
    return f"The rule tables can be used: no errors, {warnings}."


def as_json(findings: Sequence[Finding]) -> str:
    """Returns all findings as one JSON document."""
    refused = sum(finding.is_refusal for finding in findings)
    return json.dumps(
        {
            "refused": refused,
            "warnings": len(findings) - refused,
            "findings": [_as_dictionary(finding) for finding in findings],
        },
        ensure_ascii=False,
        indent=2,
    )


def as_github(findings: Sequence[Finding]) -> str:
    """Returns the findings as commands that annotate the files in a GitHub workflow."""
    return "\n".join(map(_annotation, findings))


def in_words(finding: Finding) -> str:
    """Returns a finding in one line."""
    where = ": ".join(filter(None, [short(finding.file), finding.place]))
    value = f" {finding.value}" if finding.value else ""
    return f"{where}:{value} {finding.problem}. {finding.mend}"


def short(file: Path) -> str:
    """Returns a path from here where it lies below, else in whole."""
    with contextlib.suppress(ValueError):
        return str(file.absolute().relative_to(Path.cwd()))
    return str(file)


def _as_dictionary(finding: Finding) -> dict[str, Any]:
    return {
        "level": "error" if finding.is_refusal else "warning",
        "file": short(finding.file),
        "row": finding.row,
        "line": finding.line,
        "column": finding.column,
        "value": finding.value,
        "problem": finding.problem,
        "mend": finding.mend,
    }


def _annotation(finding: Finding) -> str:
    level = "error" if finding.is_refusal else "warning"
    properties = {"file": short(finding.file), "line": finding.line, "title": finding.place}
    value = f"{finding.value}: " if finding.value else ""
    return as_annotation(level, properties, f"{value}{finding.problem}. {finding.mend}")


def as_annotation(level: str, properties: Mapping[str, object], words: str) -> str:
    """Returns a command that annotates a GitHub workflow; blank properties are left out."""
    given = (f"{name}={_property(str(value))}" for name, value in properties.items() if value)
    return f"::{level} {','.join(given)}::{_data(words)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


def counted(count: int, word: str) -> str:
    """Returns a count with its word, in the plural where it is not one."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"
