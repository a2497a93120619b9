"""Warnings about rows that no lead comes to: others take all of theirs, or nothing meets them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from lead_scoring.rules.checks.conditions import Condition, conditions
from lead_scoring.rules.checks.findings import Finding
from lead_scoring.rules.checks.references import did_you_mean
from lead_scoring.rules.checks.relations import key_of
from lead_scoring.rules.checks.satisfying import NEVER_MISSING, Comparison
from lead_scoring.rules.checks.tables import Row, RuleTables, warning
from lead_scoring.rules.checks.text import flag_of, split_values

Asked = dict[tuple[str, ...], list[Condition]]  # table and key -> what must hold together
# Tables whose rows of one key must all hold -> the columns of that key.
JOINED = {
    "audiences": ("scorecard",),
    "buying_roles": ("role", "scorecard"),
    "fit_rules": ("rule_id", "scorecard"),
    "engagement_rules": ("rule_id", "scorecard"),
}
LAST = Decimal("Infinity")


def shadowed_rows(tables: RuleTables) -> Iterator[Finding]:
    """Yields warnings about rows that change nothing, whatever the data are."""
    comparison = Comparison(tables)
    asked = _asked_by_key(tables)
    yield from _excluded(asked, comparison)
    yield from _shadowed_scorecards(tables, asked, comparison)
    yield from _shadowed_rules(tables, asked, comparison)
    yield from _shadowed_routes(tables, comparison)
    yield from _never_handed_over(tables)
    yield from _never_told(tables)


def _asked_by_key(tables: RuleTables) -> Asked:
    asked: Asked = {}
    rules = {key_of(row): name for name in JOINED for row in tables.rows(name) if "rule" in name}
    for condition in conditions(tables):
        row = condition.row
        table = rules.get(key_of(row)) if row.table == "rule_conditions" else row.table
        if table in JOINED:
            key = (table, *map(row.name, JOINED[table]))
            asked.setdefault(key, []).append(condition)
    return asked


def _excluded(asked: Asked, comparison: Comparison) -> Iterator[Finding]:
    for found in asked.values():
        for one, other in combinations(found, 2):
            if comparison.excludes(one, other):
                where = f"row {one.row.number}"
                if one.row.table != other.row.table:
                    where += f" of {one.row.table}"
                yield warning(
                    other.row,
                    "operator",
                    f"can never hold together with {where}, and both must hold",
                    "For either of two values use one row with in, or two rules.",
                )


def _shadowed_scorecards(
    tables: RuleTables, asked: Asked, comparison: Comparison
) -> Iterator[Finding]:
    live = [row for row in tables.rows("scorecards") if row.name("status") == "live"]
    live.sort(key=lambda row: row.decimal("priority") or Decimal(0))
    audience = {id(row): asked.get(("audiences", row.name("scorecard")), []) for row in live}
    for row, before in _behind(live, lambda row: audience[id(row)], comparison):
        yield warning(
            row,
            "priority",
            f"stands behind {before.text('scorecard')}, whose audience holds for all of its leads:"
            " it is nobody's own scorecard",
            "Let the narrower audience stand first, or narrow the other one.",
        )


def _shadowed_rules(tables: RuleTables, asked: Asked, comparison: Comparison) -> Iterator[Finding]:
    """Fit rules of signals that keep the first rule alone, behind one that holds where they do."""
    first = {
        row.name("signal") for row in tables.rows("signals") if row.name("matching") == "first"
    }
    rules = [row for row in tables.rows("fit_rules") if row.name("signal") in first]

    def asks(row: Row) -> list[Condition]:
        return asked.get(("fit_rules", *key_of(row)), [])

    for row, before in _shadowed_everywhere(tables, rules, "signal", asks, comparison):
        if row.text("points") and not flag_of(row.text("disqualifies")):
            yield warning(
                row,
                "priority",
                f"never gives its points: {before.text('rule_id')} (row {before.number}) stands"
                " before it and holds wherever it does",
                "Let the narrower rule stand first, or remove one of the two.",
            )


def _shadowed_routes(tables: RuleTables, comparison: Comparison) -> Iterator[Finding]:
    asks = {
        id(condition.row): [condition]
        for condition in conditions(tables)
        if condition.row.table == "routing_rules"
    }
    rows = tables.rows("routing_rules")
    for row, before in _shadowed_everywhere(
        tables, rows, "stage", lambda row: asks.get(id(row), []), comparison
    ):
        yield warning(
            row,
            "priority",
            f"gets no lead: {before.text('rule_id')} (row {before.number}) stands before it and"
            " takes all of them",
            "Let the narrower rule stand first, or remove one of the two.",
        )


def _shadowed_everywhere(
    tables: RuleTables,
    rows: Sequence[Row],
    column: str,
    asks: Callable[[Row], list[Condition]],
    comparison: Comparison,
) -> Iterator[tuple[Row, Row]]:
    """Yields rows with one before them that takes all of theirs, on every scorecard they are for.

    column: rows of one value stand in one order.
    """
    held: dict[int, list[Row | None]] = {}
    of_id = {id(row): row for row in rows}
    for scorecard in tables.rows("scorecards"):
        if scorecard.name("status") == "off":
            continue
        mine = {row.name("rule_id"): row for row in rows if row.name("scorecard") == "*"}
        own = scorecard.name("scorecard")
        mine |= {row.name("rule_id"): row for row in rows if row.name("scorecard") == own}
        groups: dict[str, list[Row]] = {}
        for row in sorted(mine.values(), key=_place):
            if "points" not in row.cells or row.text("points"):
                groups.setdefault(row.name(column), []).append(row)
        for group in groups.values():
            before = {id(row): one for row, one in _behind(group, asks, comparison)}
            for row in group:
                held.setdefault(id(row), []).append(before.get(id(row)))
    for key, found in held.items():
        if found[0] is not None and None not in found:
            yield of_id[key], found[0]


def _place(row: Row) -> tuple[Decimal, str]:
    priority = row.decimal("priority")
    return LAST if priority is None else priority, row.name("rule_id")


def _behind(
    rows: Sequence[Row], asks: Callable[[Row], list[Condition]], comparison: Comparison
) -> Iterator[tuple[Row, Row]]:
    """Yields each row with the first before it that holds wherever it does."""
    for at, row in enumerate(rows):
        before = next((one for one in rows[:at] if comparison.covers(asks(one), asks(row))), None)
        if before is not None:
            yield row, before


def _never_handed_over(tables: RuleTables) -> Iterator[Finding]:
    routed = tables.names("routing_rules", "scorecard")
    if not routed or "*" in routed:
        return
    for row in tables.rows("scorecards"):
        if row.name("status") == "live" and row.name("scorecard") not in routed:
            yield warning(
                row,
                "scorecard",
                "has no row in routing_rules: none of its leads is ever handed over",
                "Add a row for the stage whose leads are to be called.",
            )


def _never_told(tables: RuleTables) -> Iterator[Finding]:
    """Conditions on derived attributes that nothing makes true."""
    for condition in conditions(tables):
        row, attribute = condition.row, condition.attribute
        if condition.of != "lead":
            continue
        if condition.operator == "is_empty" and attribute in NEVER_MISSING:
            yield warning(
                row,
                "operator",
                f"never holds: every lead has {attribute}",
                "Write the value that is meant, or remove the row.",
            )
        # The project's own rows beside somebody's own keywords say nothing of what is meant.
        is_ours = row.file.parent != tables["title_keywords"].file.parent
        is_told = attribute in ("seniority", "department") and not is_ours
        if is_told and condition.operator in ("equals", "in"):
            known = tables.names("title_keywords", attribute)
            named = [row.name("value")]
            if condition.operator == "in":
                named = split_values(row.text("value"))
            untold = [name for name in named if name not in known]
            # Levels are a closed list, and rules name all above one; departments are not.
            if untold and (attribute == "department" or len(untold) == len(named)):
                yield warning(
                    row,
                    "value",
                    f"no row of title_keywords tells the {attribute} {untold[0]}: no lead has it",
                    f"Add its keywords, or correct the name{did_you_mean(untold[0], known)}",
                )
