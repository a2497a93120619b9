"""Prints what was found in a data folder: as tables for people, as JSON, or for GitHub."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from rich.console import Console

from lead_scoring.data.checks.findings import Column, DataFindings, EventType, Finding, Level
from lead_scoring.rules.checks.report import as_annotation, counted, short
from lead_scoring.terminal import heading, shown, table

MOST_TYPES = 60
# Forms of times that the input's own time zone decides about.
ZONELESS = ("ISO without offset", "date alone")


def print_text(found: DataFindings, screen: Console) -> None:
    """Prints the figures of each table, the findings, and whether a run may use the folder."""
    if found.read_as:
        screen.print(f"{found.read_as} {found.fates}".strip(), soft_wrap=True)
        screen.print()
    for name, rows in found.rows.items():
        screen.print(heading(f"{name}: {counted(rows, 'row')}"))
        grid = table(["column", "taken for", "type", "filled", "readable", "read by"])
        for column in found.columns:
            if column.table == name:
                grid.add_row(*map(shown, _cells(column)))
        screen.print(grid)
        for column in found.columns:
            if column.table == name and column.forms:
                screen.print(f"{column.shown}: {_forms(column)}", soft_wrap=True)
        screen.print()
    if any(form.form in ZONELESS for column in found.columns for form in column.forms):
        screen.print(f"Times without an offset are read as those of {found.input_time_zone}.")
        screen.print()
    if found.event_types:
        _print_types(found.event_types, screen)
    for level, words in (
        (Level.REFUSED, "Refused"),
        (Level.HELD_BACK, "Held back: a run would publish nothing"),
        (Level.WARNING, "Warnings"),
    ):
        findings = [finding for finding in found.findings if finding.level is level]
        if findings:
            _print_findings(words, findings, screen)
    screen.print(summary(found))


def _cells(column: Column) -> list[object]:
    if column.position is None:
        return [column.name, "missing", column.type, None, None, _rules(column.rules)]
    filled = _share(column.filled, column.rows)
    readable = None if column.readable is None else _share(column.readable, column.filled)
    return [column.shown, column.role.value, column.type, filled, readable, _rules(column.rules)]


def _print_types(types: Sequence[EventType], screen: Console) -> None:
    screen.print(heading("Event types and outcomes"))
    grid = table(["table", "type", "rows", "known", "read by"], ["rows"])
    visible = [kind for kind in types if kind.may_be_shown and (kind.rows or kind.rules)]
    for kind in visible[:MOST_TYPES]:
        known = "yes" if kind.is_known else f"no; like {kind.likely}" if kind.likely else "no"
        grid.add_row(
            *map(shown, (kind.table, kind.name, kind.rows, known, _rules(kind.rules))),
        )
    screen.print(grid)
    hidden = [kind for kind in types if not kind.may_be_shown]
    if len(visible) > MOST_TYPES or hidden:
        rest = max(len(visible) - MOST_TYPES, 0) + len(hidden)
        screen.print(f"And {counted(rest, 'other')}: unknown, and of few rows or odd names.")
    screen.print()


def _print_findings(words: str, findings: Sequence[Finding], screen: Console) -> None:
    screen.print(heading(words))
    grid = table(["place", "what is wrong, and how to mend it"])
    for finding in findings:
        grid.add_row(shown(finding.place), shown(sentence(finding)))
    screen.print(grid)
    screen.print()


def sentence(finding: Finding) -> str:
    """Returns what is wrong and the mend, in words."""
    if finding.level is Level.REFUSED and not finding.mend:
        return finding.problem
    return f"{finding.problem[:1].upper()}{finding.problem[1:]}. {finding.mend}"


def summary(found: DataFindings) -> str:
    """Returns the closing line: how many findings, and whether a run may use the folder."""
    refused = sum(finding.is_refusal for finding in found.findings)
    warnings = counted(len(found.findings) - refused, "warning")
    if any(finding.level is Level.REFUSED for finding in found.findings):
        return f"Refused: {counted(refused, 'error')}, {warnings}."
    if refused:
        return f"A run would be held back: {counted(refused, 'reason')}, {warnings}."
    return f"The data can be used: {warnings}."


def as_json(found: DataFindings) -> str:
    """Returns the figures and the findings as one JSON document."""
    return json.dumps(
        {
            "refused": found.is_refused,
            "input_time_zone": found.input_time_zone,
            "tables": {
                name: {
                    "rows": rows,
                    "columns": [_column(one) for one in found.columns if one.table == name],
                    "quarantined": {
                        one.cause: one.rows for one in found.quarantined if one.table == name
                    },
                }
                for name, rows in found.rows.items()
            },
            "event_types": [
                {
                    "table": kind.table,
                    "type": kind.name if kind.may_be_shown else None,
                    "rows": kind.rows,
                    "known": kind.is_known,
                    "rules": kind.rules,
                    "likely": kind.likely,
                }
                for kind in found.event_types
            ],
            "ids_of_no_lead": [
                {
                    "table": misses.table,
                    "column": misses.column,
                    "ids": misses.unmatched_ids,
                    "rows": misses.unmatched_rows,
                    "would_match_but_for": dict(misses.near),
                }
                for misses in found.near_misses
            ],
            "shared_addresses": found.duplicates.addresses,
            "leads_that_share_an_address": found.duplicates.leads,
            "findings": [_finding(finding) for finding in found.findings],
        },
        ensure_ascii=False,
        indent=2,
    )


def as_github(found: DataFindings) -> str:
    """Returns the findings as commands that annotate a GitHub workflow."""
    return "\n".join(
        as_annotation(
            "error" if finding.is_refusal else "warning",
            {"file": short(finding.file) if finding.file else None, "title": finding.place},
            sentence(finding),
        )
        for finding in found.findings
    )


def _column(column: Column) -> dict[str, Any]:
    return {
        "column": column.shown,
        "taken_for": column.role.value,
        "type": column.type,
        "filled": column.filled,
        "readable": column.readable,
        "rules": column.rules,
        "likely": column.likely,
        "forms": {form.form: form.count for form in column.forms},
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "level": finding.level.name.lower(),
        "table": finding.table,
        "file": short(finding.file) if finding.file else None,
        "column": finding.column,
        "count": finding.count,
        "share": None if finding.share is None else round(finding.share, 4),
        "problem": finding.problem,
        "mend": finding.mend,
    }


def _rules(rules: Sequence[str]) -> str | None:
    if not rules:
        return None
    return counted(len(rules), "rule")


def _forms(column: Column) -> str:
    """Returns how many times have which form, and how many of those cannot be read."""
    return ", ".join(
        f"{form.count:,} {form.form}"
        + (
            f" ({form.count - form.readable:,} cannot be read)"
            if form.readable < form.count
            else ""
        )
        for form in column.forms
    )


def _share(count: int, total: int) -> str | None:
    if not total:
        return None
    # 99.96 % is not all.
    return "all" if count == total else f"{min(count / total, 0.999):.1%}" if count else "none"
