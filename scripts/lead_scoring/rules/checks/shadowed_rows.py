"""Warnings about rows that no lead comes to: others take all of theirs, or nothing meets them.

Of rule tables without errors, and of rows that are on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from lead_scoring.rules.checks.conditions import Condition, conditions
from lead_scoring.rules.checks.findings import Finding
from lead_scoring.rules.checks.references import RULES, did_you_mean
from lead_scoring.rules.checks.relations import holding, key_of, rules_of
from lead_scoring.rules.checks.satisfying import Comparison
from lead_scoring.rules.checks.schema import SEEDS
from lead_scoring.rules.checks.tables import Row, RuleTables, warning
from lead_scoring.rules.checks.text import flag_of, split_values

Key = tuple[str, ...]  # a table, and what its rows have in common that must hold together
Asked = dict[Key, list[Condition]]
# The columns that rows which must hold together have in common.
JOINED = {
    "audiences": ("scorecard",),
    "buying_roles": ("role", "scorecard"),
    "routing_rules": ("rule_id", "scorecard"),
    **dict.fromkeys(RULES, ("rule_id", "scorecard")),
}
LAST = Decimal("Infinity")


def shadowed_rows(tables: RuleTables) -> Iterator[Finding]:
    """Yields warnings about rows that change nothing, whatever the data are."""
    asked, comparison = _asked(tables), Comparison(tables)
    yield from _excluded(asked, comparison)
    yield from _shadowed_scorecards(tables, asked, comparison)
    yield from _shadowed_rules(tables, asked, comparison)
    yield from _shadowed_routes(tables, asked, comparison)
    yield from _never_handed_over(tables)
    for found in asked.values():
        for condition in found:
            if condition.of == "lead":
                yield from _never_holds(tables, condition, comparison)


def _asked(tables: RuleTables) -> Asked:
    """Returns what must hold together, of rules, roles and scorecards that are on."""
    scorecards = [row.name("scorecard") for row in _scorecards(tables, "live", "challenger")]
    rules = {key_of(row): row for name in scorecards for row in rules_of(tables, name)}
    weighed = {
        (row.name("role"), row.name("scorecard"))
        for row in tables.rows("buying_roles")
        if row.text("weight")
    }
    asked: Asked = {}
    for condition in conditions(tables):
        row = condition.row
        table = row.table
        if table in (*RULES, "rule_conditions"):
            rule = rules.get(key_of(row))
            if rule is None or (rule is not row and rule.table == table):
                continue  # off, or overridden wherever it could count
            table = rule.table
        key = tuple(map(row.name, JOINED[table]))
        if table == "buying_roles" and key not in weighed:
            continue
        if row.name("scorecard") in ("*", *scorecards):
            asked.setdefault((table, *key), []).append(condition)
    return asked


def _scorecards(tables: RuleTables, *statuses: str) -> list[Row]:
    return [row for row in tables.rows("scorecards") if row.name("status") in statuses]


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
                    "Correct one of the two, or remove one of the rows.",
                )


def _shadowed_scorecards(
    tables: RuleTables, asked: Asked, comparison: Comparison
) -> Iterator[Finding]:
    live = sorted(_scorecards(tables, "live"), key=_place)

    def asks(row: Row) -> list[Condition]:
        return asked.get(("audiences", row.name("scorecard")), [])

    for row, before in _behind(live, asks, comparison):
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

    def groups(scorecard: str) -> Iterator[list[Row]]:
        rules = [row for row in rules_of(tables, scorecard) if row.table == "fit_rules"]
        for signal in sorted(first):
            yield [row for row in rules if row.name("signal") == signal]

    def asks(row: Row) -> list[Condition]:
        return asked[("fit_rules", *key_of(row))]

    scorecards = _scorecards(tables, "live", "challenger")
    for row, before in _shadowed_everywhere(scorecards, groups, asks, comparison):
        if not flag_of(row.text("disqualifies")):
            yield warning(
                row,
                "priority",
                f"never gives its points: {before.text('rule_id')} (row {before.number}) stands"
                " before it and holds wherever it does",
                "Let the narrower rule stand first, or remove one of the two.",
            )


def _shadowed_routes(tables: RuleTables, asked: Asked, comparison: Comparison) -> Iterator[Finding]:
    routes = tables.rows("routing_rules")

    def groups(scorecard: str) -> Iterator[list[Row]]:
        held = holding(routes, scorecard)
        for stage in sorted({row.name("stage") for row in held}):
            yield [row for row in held if row.name("stage") == stage]

    def asks(row: Row) -> list[Condition]:
        return asked.get(("routing_rules", *key_of(row)), [])

    # Of a challenger nobody is handed over: its own routes wait for its promotion.
    for row, before in _shadowed_everywhere(_scorecards(tables, "live"), groups, asks, comparison):
        yield warning(
            row,
            "priority",
            f"gets no lead: {before.text('rule_id')} (row {before.number}) stands before it and"
            " takes all of them",
            "Let the narrower rule stand first, or remove one of the two.",
        )


def _shadowed_everywhere(
    scorecards: Collection[Row],
    groups: Callable[[str], Iterator[list[Row]]],
    asks: Callable[[Row], list[Condition]],
    comparison: Comparison,
) -> Iterator[tuple[Row, Row]]:
    """Yields rows that have one before them which takes all of theirs, on each of the scorecards.

    groups: gives the rows that stand in one order on a scorecard.
    """
    places: dict[tuple[str, int], list[tuple[Row, Row | None]]] = {}
    for scorecard in scorecards:
        for group in groups(scorecard.name("scorecard")):
            ordered = sorted(group, key=_place)
            before = {row.number: one for row, one in _behind(ordered, asks, comparison)}
            for row in ordered:
                place = places.setdefault((row.table, row.number), [])
                place.append((row, before.get(row.number)))
    for found in places.values():
        row, first = found[0]
        if first is not None and all(one is not None for _, one in found):
            yield row, first


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
    for row in _scorecards(tables, "live"):
        if row.name("scorecard") not in routed:
            yield warning(
                row,
                "scorecard",
                "has no row in routing_rules: none of its leads is ever handed over",
                "Add a row for the stage whose leads are to be called.",
            )


def _never_holds(
    tables: RuleTables, condition: Condition, comparison: Comparison
) -> Iterator[Finding]:
    """A condition on a derived attribute that nothing makes true."""
    row, attribute = condition.row, condition.attribute
    if condition.operator == "is_empty" and attribute in comparison.never_missing:
        yield warning(
            row,
            "operator",
            f"never holds: every lead has {attribute}",
            "Write the value that is meant, or remove the row.",
        )
    # The project's own rows beside somebody's own keywords say nothing of what is meant.
    is_meant = row.file.parent != SEEDS or tables["title_keywords"].file.parent == SEEDS
    is_told = attribute in ("seniority", "department") and condition.operator in ("equals", "in")
    if not is_told or not is_meant:
        return
    known = tables.names("title_keywords", attribute)
    named = split_values(row.text("value")) if condition.operator == "in" else [row.name("value")]
    untold = [name for name in named if name not in known]
    # Levels are a closed list, and rules name all above one; departments are not.
    if untold and (attribute == "department" or len(untold) == len(named)):
        yield warning(
            row,
            "value",
            f"no lead has the {attribute} {', '.join(untold)}: no row of title_keywords tells it",
            f"Add its keywords, or correct the name{did_you_mean(untold[0], known)}",
        )
