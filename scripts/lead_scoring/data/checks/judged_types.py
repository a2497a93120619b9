"""What is said about event types, outcomes, and ids that a spreadsheet has spoilt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lead_scoring.data.checks.findings import DataFindings, EventType, Finding, Level
from lead_scoring.data.checks.judgements import Judge

MOST_NAMES = 12  # that a sentence lists


def findings_on_types(found: DataFindings, judge: Judge) -> Iterator[Finding]:
    """Yields what is to be said about event types and outcomes."""
    events = [kind for kind in found.event_types if kind.table == "events"]
    for kind in found.event_types:
        if kind.likely is not None and kind.rows and not kind.is_known:
            yield judge.finding(
                Level.WARNING,
                kind.table,
                "event_type" if kind.table == "events" else "outcome",
                f"the type {kind.name} ({kind.rows:,} rows) is unknown; it is like {kind.likely}",
                f"If it is the same, write {kind.likely}, or name {kind.name} in event_types "
                "and in a rule."
                if kind.table == "events"
                else f"If it is the same, write {kind.likely}.",
                kind.rows,
                found.rows.get(kind.table),
            )
    idle = [kind for kind in events if kind.rows and not kind.rules and kind.likely is None]
    if idle:
        count = sum(kind.rows for kind in idle)
        yield judge.finding(
            Level.WARNING,
            "events",
            "event_type",
            f"{count:,} of {found.rows['events']:,} events have types that no rule names: "
            f"{_listed(idle)}",
            "Write those that rules mean as rules call them. Give each other one that tells "
            "something a row in event_types and one in engagement_rules (--rules).",
            count,
            found.rows.get("events"),
        )
    unmet = [kind for kind in events if not kind.rows and kind.rules]
    if unmet and found.rows.get("events"):
        yield judge.finding(
            Level.WARNING,
            "events",
            "event_type",
            f"rules name {len(unmet)} types that no event has: {_listed(unmet)}",
            "Call your events so where they mean the same, or leave the rules out.",
            len(unmet),
        )


def findings_on_ids(
    signs: Mapping[tuple[str, str], Mapping[str, int]], judge: Judge
) -> Iterator[Finding]:
    """Yields which ids look like a spreadsheet's: (table, column) -> sign -> ids."""
    for (table, column), counts in signs.items():
        for sign, count in counts.items():
            yield judge.finding(
                Level.WARNING,
                table,
                column,
                f"{count:,} ids are written {sign}, as spreadsheets do",
                "Export the ids as text; a spreadsheet has cut digits that it cannot give back."
                if "exponent" in sign
                else "Export the ids as text, without .0.",
                count,
            )


def _listed(kinds: list[EventType]) -> str:
    shown = [kind.name for kind in kinds if kind.may_be_shown][:MOST_NAMES]
    rest = len(kinds) - len(shown)
    more = [f"{rest} {'other' if shown else 'type'}{'s' * (rest > 1)}"] if rest else []
    return ", ".join(shown + more)
