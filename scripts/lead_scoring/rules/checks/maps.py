"""What tools call events: a row of event_names must be able to match, and name a known type."""

from __future__ import annotations

from collections.abc import Iterator

from lead_scoring.rules.checks.cells import WORDS
from lead_scoring.rules.checks.conditions import OF_ANY_TYPE
from lead_scoring.rules.checks.findings import Finding, Level
from lead_scoring.rules.checks.references import did_you_mean
from lead_scoring.rules.checks.schema import SEEDS
from lead_scoring.rules.checks.tables import Row, RuleTables
from lead_scoring.rules.checks.values import Operand, check_value


def check_maps(tables: RuleTables) -> Iterator[Finding]:
    """Yields the cells of event_names that do not fit each other, or name what does not exist."""
    known = tables.names("event_types", "event_type")
    # The project's own row for a type that somebody has not leads nowhere, and does no harm.
    is_own = tables["event_names"].file.parent != SEEDS
    are_told = is_own and tables.are_whole("event_types")
    for row in tables.rows("event_names"):
        name = row.name("event_type")
        if are_told and name and name not in known:
            yield row.finding(
                "event_type",
                "is not in event_types",
                f"Add it to event_types.csv, or correct the name{did_you_mean(name, known)}",
                Level.RELATION,
            )
        yield from _check_condition(tables, row)


def _check_condition(tables: RuleTables, row: Row) -> Iterator[Finding]:
    attribute, operator = row.name("attribute"), row.name("operator")
    if not attribute:
        for column in ("operator", "value"):
            if row.text(column):
                yield row.finding(
                    "attribute",
                    f"is blank though the {column} is {row.text(column)}: the condition would be "
                    "ignored",
                    f"Name the attribute, or leave {column} blank too.",
                )
                return
    elif not operator:
        operators = WORDS["event_names", "operator"]
        yield row.finding(
            "operator", "is blank", f"Write {', '.join(operators[:-1])} or {operators[-1]}."
        )
    elif operator in WORDS["event_names", "operator"] and operator not in OF_ANY_TYPE:
        fault = check_value(tables, Operand(attribute, "text", operator, row.text("value")))
        if fault is not None:
            yield row.finding("value", *fault)
