"""The sections about rules: which to raise, lower or drop."""

from __future__ import annotations

from collections.abc import Sequence

from lead_scoring.databases import Row
from lead_scoring.pages.charts import INTERVAL, Bar, BarChart, bars
from lead_scoring.project import called
from lead_scoring.review.figures import Figures
from lead_scoring.review.section import (
    Mark,
    Section,
    Table,
    count,
    decimals,
    listed,
    percent,
    points,
    table,
    words,
)
from lead_scoring.review.trial import failed

CHANGES = {
    "raise": ("Rules that should give more, or take less", "worth more than it gives"),
    "lower": ("Rules that should give less, or take more", "worth less than it gives"),
    "drop": ("Rules to drop", "without any effect that could not be chance"),
    "harmful": ("Rules that mislead", "with the wrong sign"),
    "dead": ("Rules that hardly ever hold", "that fewer than one lead in 200 has"),
}
MOST_RULES = 25


def sections(figures: Figures) -> Sequence[Section]:
    """One section for each thing to do with rules."""
    live = {
        row["scorecard"]
        for row in figures["scorecard_comparison"]
        if row["scorecard_status"] == "live"
    }
    found = [row for row in figures["rule_evidence"] if row["scorecard"] in live]
    return [
        _raise_or_lower(found, "raise", failed(figures)),
        _raise_or_lower(found, "lower", failed(figures)),
        _drop(found, failed(figures)),
        _dead(found),
    ]


def _raise_or_lower(found: Sequence[Row], verdict: str, left_out: set[str]) -> Section:
    title, which = CHANGES[verdict]
    rows = [row for row in found if row["verdict"] == verdict]
    rows.sort(key=lambda row: -abs((row["suggested_points"] or 0) - row["current_points"]))
    explains = (
        "Leads that have a rule against leads that have not, of like scores otherwise and of like "
        "times. The rules of a signal that keeps the first of them are bins of one scale, and are "
        "judged against each other. The suggestion is on the scale of the scorecard's own points. "
        f"{called('suggest')} weighs all rules at once."
    )
    if not rows:
        return _no_rules(verdict, title, found, which, explains)
    kept = [row for row in rows if row["scorecard"] not in left_out]
    if not kept:
        return _left_as_they_are(verdict, title, rows, explains)
    rows = kept
    todo = f"Change {listed([_move_of_rule(row) for row in rows])}."
    return Section(verdict, title, Mark.act, todo, explains, (_rates(rows),), _table(rows))


def _left_as_they_are(key: str, title: str, rows: Sequence[Row], explains: str) -> Section:
    todo = (
        "Leave these rules as they are: all advice together was tried, and ranks no better for "
        "sure. The figures below are of each rule by itself."
    )
    return Section(key, title, Mark.unknown, todo, explains, (_rates(rows),), _table(rows))


def _drop(found: Sequence[Row], left_out: set[str]) -> Section:
    title = "Rules to drop"
    harmful = [row for row in found if row["is_harmful"]]
    useless = [row for row in found if row["verdict"] == "drop" and not row["is_harmful"]]
    explains = (
        "A rule misleads where it gives points to leads that clearly convert less often, or takes "
        "them from leads that convert more often. A rule has no effect where leads with and "
        "without it convert alike."
    )
    rows = [*harmful, *useless]
    if not rows:
        return _no_rules("drop", title, found, "to drop", explains)
    if all(row["scorecard"] in left_out for row in rows):
        return _left_as_they_are("drop", title, rows, explains)
    harmful, useless, rows = (
        [row for row in part if row["scorecard"] not in left_out]
        for part in (harmful, useless, rows)
    )
    parts = []
    turned = [row for row in harmful if row["rules_of_group"] > 1]
    dropped = [row for row in harmful if row["rules_of_group"] <= 1]
    if dropped:
        parts.append(f"Drop {listed([_name(row) for row in dropped])}: the points mislead")
    if turned:
        parts.append(
            f"{'put' if parts else 'Put'} the rules of a signal into another order: "
            f"{listed([_name(row) for row in turned])} "
            f"{'stands' if len(turned) == 1 else 'stand'} on the wrong side of the others"
        )
    if useless:
        parts.append(
            f"{'consider' if parts else 'Consider'} dropping "
            f"{listed([_name(row) for row in useless])}: no effect is seen"
        )
    return Section(
        "drop", title, Mark.act, "; ".join(parts) + ".", explains, (_rates(rows),), _table(rows)
    )


def _dead(found: Sequence[Row]) -> Section:
    title = "Rules that hardly ever hold"
    alive = {row["rule_id"] for row in found if not row["is_dead"]}
    rows = [row for row in found if row["is_dead"] and row["rule_id"] not in alive]
    explains = (
        "In no live scorecard does one lead in 200 have such a rule at its instant. Some are meant "
        "to be rare (spam, competitors) or come later in a lead's life; others name a value that "
        "the data no longer has."
    )
    if not rows:
        return _no_rules("dead", title, found, "so rare", explains)
    names = list(dict.fromkeys(str(row["rule_words"]) for row in rows))
    todo = (
        f"Check the values of {'a rule' if len(names) == 1 else f'{len(names)} rules'} that "
        f"hardly any lead has: {listed(names)}."
    )
    lines = [
        (
            name,
            count(sum(row["leads_with"] for row in rows if row["rule_words"] == name)),
            " or ".join(dict.fromkeys(_points(row) for row in rows if row["rule_words"] == name)),
        )
        for name in names
    ]
    return Section(
        "dead",
        title,
        Mark.act,
        todo,
        explains,
        (),
        table(("rule", "leads", "points"), lines, MOST_RULES),
    )


def _no_rules(key: str, title: str, found: Sequence[Row], which: str, explains: str) -> Section:
    unknown = sum(row["confidence"] == "none" for row in found)
    if found and unknown > len(found) / 2:
        todo = (
            f"Wait for more outcomes: for {count(unknown)} of {count(len(found))} rules fewer than "
            "40 won leads, or 40 others, are known."
        )
        return Section(key, title, Mark.unknown, todo, explains)
    return Section(key, title, Mark.fine, f"Nothing to do: no rule is {which}.", explains)


def _name(row: Row) -> str:
    """A rule in words: the ids of a suggested card's rules say nothing."""
    return f"“{row['rule_words']}” ({words(row['scorecard'])})"


def _move_of_rule(row: Row) -> str:
    return (
        f"{_name(row)} from {points(row['current_points'])} towards "
        f"{points(row['suggested_points'])}"
    )


def _points(row: Row) -> str:
    return points(row["current_points"])


def _rates(rows: Sequence[Row]) -> BarChart:
    return bars(
        [
            Bar(
                _name(row),
                float(row["rate_with"] or 0),
                f"{percent(row['rate_with'])} of {count(row['leads_with'])}",
                _real(row["rate_with_low"]),
                _real(row["rate_with_high"]),
                _real(row["rate_without"]),
            )
            for row in rows[:MOST_RULES]
        ],
        "converted, of leads with the rule",
        "of leads without it",
        interval=INTERVAL,
    )


def _table(rows: Sequence[Row]) -> Table:
    lines = [
        (
            words(row["scorecard"]),
            row["rule_words"],
            points(row["current_points"]),
            points(row["suggested_points"]),
            percent(row["share_of_leads"]),
            decimals(row["weight_of_evidence"]),
            str(row["confidence"]),
        )
        for row in rows
    ]
    columns = (
        *("scorecard", "rule", "points now", "suggested", "leads with it", "weight of evidence"),
        "confidence",
    )
    return table(columns, lines, MOST_RULES)


def _real(value: object) -> float | None:
    return None if value is None else float(str(value))
