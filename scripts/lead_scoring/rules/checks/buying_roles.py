"""Buying roles: the rows of a role together must say whom it is for and what it weighs."""

from __future__ import annotations

from collections.abc import Iterator

from lead_scoring.rules.checks.findings import Finding, Level
from lead_scoring.rules.checks.tables import Row, RuleTables
from lead_scoring.rules.checks.text import flag_of, plain_number

TABLE = "buying_roles"
# What a role has once, in any of its rows.
PROPERTIES = ("priority", "members_needed", "weight", "is_required", "description")


def check_buying_roles(tables: RuleTables) -> Iterator[Finding]:
    """Yields the rows of roles that contradict each other, or leave something open."""
    if not tables.are_whole(TABLE):
        return
    roles: dict[tuple[str, str], list[Row]] = {}
    for row in tables.rows(TABLE):
        roles.setdefault((row.name("role"), row.name("scorecard")), []).append(row)
    for (role, scorecard), rows in roles.items():
        if not role or not scorecard:
            continue
        yield from _check_properties(rows)
        overrides = scorecard != "*" and (role, "*") in roles
        yield from _check_role(rows, overrides=overrides)


def _check_properties(rows: list[Row]) -> Iterator[Finding]:
    for column in PROPERTIES:
        filled = [row for row in rows if row.text(column)]
        for row in filled[1:]:
            if _compared(row, column) != _compared(filled[0], column):
                yield row.finding(
                    column,
                    f"differs from that of row {filled[0].number}, which is of the same role",
                    "Write it in one row of the role, and leave it blank in the others.",
                    Level.RELATION,
                )


def _compared(row: Row, column: str) -> str:
    """Returns a cell so that equal ones are equal texts."""
    if column == "is_required":
        return str(flag_of(row.text(column)))
    number = None if column == "description" else row.decimal(column)
    return row.text(column) if number is None else plain_number(number)


def _check_role(rows: list[Row], *, overrides: bool) -> Iterator[Finding]:
    first = rows[0]
    if not any(row.text("weight") for row in rows):
        if not overrides:
            yield first.finding(
                "weight",
                "is blank: only a role that overrides a * role may be switched off",
                "Write the weight in one row of the role, or remove the role.",
                Level.RELATION,
            )
        return
    if not any(row.text("attribute") for row in rows):
        yield first.finding(
            "attribute",
            "is blank: a buying role needs a condition",
            "Name an attribute, with operator and value.",
            Level.RELATION,
        )
    required = [row for row in rows if flag_of(row.text("is_required"))]
    if required and not any(row.text("members_needed") for row in rows):
        yield required[0].finding(
            "members_needed",
            "is blank: a required role needs members",
            "Write how many members it needs, at least 1.",
            Level.RELATION,
        )
