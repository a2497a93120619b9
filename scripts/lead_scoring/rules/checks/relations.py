"""What rows must be together: rules that can apply, scorecards in order, ladders that rise."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

from lead_scoring.rules.checks.cells import LADDERS
from lead_scoring.rules.checks.findings import Finding, Level
from lead_scoring.rules.checks.references import RULES
from lead_scoring.rules.checks.tables import Row, RuleTables

MINIMUMS = ("min_total", "min_fit", "min_engagement")
Key = tuple[str, str]  # rule_id and scorecard


def check_relations(tables: RuleTables) -> Iterator[Finding]:
    """Yields the rows that contradict others, or leave something open that a run needs."""
    yield from _check_curves(tables)
    if tables.are_whole(*RULES):
        yield from _check_rules(tables)
    if tables.are_whole("scorecards"):
        yield from _check_priorities(tables)
        if tables.are_whole("audiences"):
            yield from _check_catch_all(tables)
        yield from _check_ladders(tables)


def key_of(row: Row) -> Key:
    """Returns what a rule's further conditions find it by."""
    return row.name("rule_id"), row.name("scorecard")


def rules_of(tables: RuleTables, scorecard: str) -> list[Row]:
    """Returns the rules that are on for a scorecard: its own rows before those of `*`."""
    rows = [row for table in RULES for row in tables.rows(table)]
    return [row for row in holding(rows, scorecard) if row.text("points")]


def holding(rows: Collection[Row], scorecard: str, column: str = "rule_id") -> list[Row]:
    """Returns the rows that hold for a scorecard: its own before those of `*`.

    column: rows that have the same there override each other.
    """
    found = {row.name(column): row for row in rows if row.name("scorecard") == "*"}
    found |= {row.name(column): row for row in rows if row.name("scorecard") == scorecard}
    return list(found.values())


def _check_curves(tables: RuleTables) -> Iterator[Finding]:
    for row in tables.rows("decay_curves"):
        if not row.text("days") and row.name("method") not in ("none", ""):
            yield row.finding(
                "days", "is blank", "Fill it in; only the method none does without days."
            )


def _check_rules(tables: RuleTables) -> Iterator[Finding]:
    scorecards_of: dict[str, list[str]] = {}
    for table in RULES:
        for row in tables.rows(table):
            scorecards_of.setdefault(row.name("rule_id"), []).append(row.name("scorecard"))
    further = {key_of(row) for row in tables.rows("rule_conditions")}
    for table in RULES:
        for row in tables.rows(table):
            is_off = not row.text("points")
            if is_off and (
                row.name("scorecard") == "*" or "*" not in scorecards_of[row.name("rule_id")]
            ):
                yield row.finding(
                    "points",
                    "is blank: only a row that overrides a * row may switch a rule off",
                    "Write the points, or remove the row.",
                    Level.RELATION,
                )
            if (
                table == "fit_rules"
                and not (is_off or row.text("attribute") or key_of(row) in further)
                and tables.are_whole("rule_conditions")
            ):
                yield row.finding(
                    "attribute",
                    "is blank: a fit rule needs a condition",
                    "Name an attribute here, or add a row for this rule_id and scorecard to "
                    "rule_conditions.csv.",
                    Level.RELATION,
                )
    for row in tables.rows("rule_conditions"):
        found = scorecards_of.get(row.name("rule_id"), [])
        if all(key_of(row)) and row.name("scorecard") not in found:
            if found:
                problem = f"has no row for this scorecard: its rows are for {', '.join(found)}"
                mend = "Write the scorecard as the rule's own row has it."
            else:
                problem = "is no rule in fit_rules, engagement_rules or inactivity_rules"
                mend = "Correct the rule_id, or remove the condition."
            yield row.finding("rule_id", problem, mend, Level.RELATION)


def _live(tables: RuleTables) -> list[Row]:
    return [row for row in tables.rows("scorecards") if row.name("status") == "live"]


def _check_priorities(tables: RuleTables) -> Iterator[Finding]:
    """Live scorecards have an order; only the catch-all, which comes last, may go without one."""
    first: dict[Decimal, Row] = {}
    with_audience = tables.names("audiences", "scorecard")
    for row in _live(tables):
        is_blank = not row.text("priority")
        priority = _order(row) if is_blank else row.decimal("priority")
        if is_blank and row.name("scorecard") in with_audience:
            yield row.finding(
                "priority",
                "is blank: live scorecards need an order",
                "Write a number that no other live scorecard has.",
                Level.RELATION,
            )
        elif priority is not None and first.setdefault(priority, row) is not row:
            yield row.finding(
                "priority",
                f"is that of {first[priority].text('scorecard')} too (row "
                f"{first[priority].number})",
                "Give every live scorecard a priority of its own.",
                Level.RELATION,
            )


def _check_catch_all(tables: RuleTables) -> Iterator[Finding]:
    """Exactly one live scorecard is for everyone, and it comes last."""
    with_audience = tables.names("audiences", "scorecard")
    live = _live(tables)
    open_to_all = [row for row in live if row.name("scorecard") not in with_audience]
    scorecards = tables["scorecards"]
    if not live:
        yield scorecards.finding(
            "has no live scorecard: no lead would be scored",
            "Add one, or write live as the status of one.",
            column="status",
            level=Level.RELATION,
        )
    elif not open_to_all:
        last = max(live, key=_order)
        yield last.finding(
            "scorecard",
            "every live scorecard has an audience, so some leads would have none",
            "Add a live scorecard without audience (the catch-all), with the last priority.",
            Level.RELATION,
        )
    for row in sorted(open_to_all, key=_order)[:-1]:
        yield row.finding(
            "scorecard",
            "is live and has no audience, as the scorecard of the last priority has none",
            "Add a row for it to audiences.csv: only the catch-all goes without.",
            Level.RELATION,
        )
    written = [_order(row) for row in live if row.text("priority")]
    if len(open_to_all) == 1 and written and _order(open_to_all[0]) < max(written):
        yield open_to_all[0].finding(
            "priority",
            "stands before others though it has no audience: they would never get a lead",
            f"Write a number above {max(written):f}, or leave it blank.",
            Level.RELATION,
        )


def _order(row: Row) -> Decimal:
    priority = row.decimal("priority")
    return Decimal(999999999) if priority is None else priority  # a blank one comes last


def _check_ladders(tables: RuleTables) -> Iterator[Finding]:
    """After overriding, the minimums of each scorecard's ladders rise with the ranks."""
    found: dict[Finding, None] = {}
    for scorecard in tables.names("scorecards", "scorecard"):
        for ladder in LADDERS:
            found.update(dict.fromkeys(_check_ladder(_labels(tables, scorecard, ladder))))
    yield from found


def _labels(tables: RuleTables, scorecard: str, ladder: str) -> list[Row]:
    """Returns the labels that hold for a scorecard."""
    rows = [row for row in tables.rows("thresholds") if row.name("ladder") == ladder]
    return holding(rows, scorecard, "label")


def _check_ladder(labels: list[Row]) -> Iterator[Finding]:
    if any(row.decimal("rank") is None for row in labels):
        return
    labels.sort(key=lambda row: row.decimal("rank") or 0)
    for at, row in enumerate(labels):
        asked = [column for column in MINIMUMS if _minimum(row, column) > 0]
        if at == 0:
            if asked:
                yield row.finding(
                    asked[0],
                    "is asked by the lowest label of its ladder: leads below it would have none",
                    "Leave it blank, or add a label of a lower rank that asks nothing.",
                    Level.RELATION,
                )
            continue
        below = labels[at - 1]
        where = f"{below.text('label')} (row {below.number})"
        steps = {column: _minimum(row, column) - _minimum(below, column) for column in MINIMUMS}
        fallen = [column for column, step in steps.items() if step < 0]
        if row.decimal("rank") == below.decimal("rank"):
            yield row.finding(
                "rank",
                f"is the rank of {where} too",
                "Give each label of a ladder a rank of its own.",
                Level.RELATION,
            )
        elif fallen:
            # The row of one scorecard is to blame where it overrides a ladder that rose.
            is_override = row.name("scorecard") == "*" != below.name("scorecard")
            blamed, other = (below, row) if is_override else (row, below)
            yield blamed.finding(
                fallen[0],
                f"is {'above' if is_override else 'below'} that of {other.text('label')} "
                f"(row {other.number}), which has a {'higher' if is_override else 'lower'} rank",
                "Let the minimums of a ladder rise with its ranks.",
                Level.RELATION,
            )
        elif not any(steps.values()):
            column = next((name for name in MINIMUMS if row.text(name)), "min_total")
            yield row.finding(
                column,
                f"asks no more than {where}, so nobody would hold the lower label",
                "Raise a minimum, or remove one of the two labels.",
                Level.RELATION,
            )


def _minimum(row: Row, column: str) -> Decimal:
    return row.decimal(column) or Decimal(0)
