"""Writes a fitted card as rows of the rule tables, each with its evidence as a note."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from lead_scoring.rules.rule_set import EVERY_SCORECARD, Cells, RuleSet
from lead_scoring.suggest.card import Bin, Binned, Card, Decayed, Signal, When

Tables = dict[str, list[Cells]]
RULE_TABLES = ("fit_rules", "engagement_rules", "inactivity_rules")
NOT_DONE = "not_done"


@dataclass(frozen=True)
class Heading:
    """What the scorecard's own row says. segment, owner: as of the one that it stands beside."""

    name: str
    segment: str
    owner: str
    priority: str
    description: str
    note: str


def copied_rows(rules: RuleSet, base: str, name: str) -> Tables:
    """Returns the rows that make a challenger of a scorecard, word for word, under another name."""
    own = rules.names("scorecards", "scorecard")[base]
    rows: Tables = {
        "scorecards": [{**own, "scorecard": name, "status": "challenger", "note": ""}],
        "audiences": [
            {**row, "scorecard": name}
            for row in rules.tables["audiences"]
            if row["scorecard"] == base
        ],
    }
    for table in RULE_TABLES:
        for row in rules.effective(table, base, ("rule_id",)):
            _add(rows, table, {**row, "scorecard": name})
            rows.setdefault("rule_conditions", []).extend(
                {**condition, "scorecard": name}
                for condition in rules.tables["rule_conditions"]
                if (condition["rule_id"], condition["scorecard"])
                == (row["rule_id"], row["scorecard"])
            )
    rows["thresholds"] = [
        {**row, "scorecard": name} for row in rules.tables["thresholds"] if row["scorecard"] == base
    ]
    return rows


def fitted_to(until: datetime) -> str:
    """Returns how the note of a fitted scorecard begins: which leads its points were fitted to.

    The model int_lead_scoring__fits reads it, so that nobody judges the card by these leads.
    """
    return f"Fitted to leads created until {until:%Y-%m-%d %H:%M:%S}: "


def card_rows(card: Card, heading: Heading, rules: RuleSet, base: str) -> Tables:
    """Returns the rows to add to the tables of `rules`, by table, for the card as a challenger.

    base: the scorecard whose audience it takes over. Rules that hold for every scorecard are
    switched off for it; those that disqualify keep on disqualifying, and give no points.
    """
    name = heading.name
    rows: Tables = {
        "scorecards": [
            {
                "scorecard": name,
                "segment": heading.segment,
                "status": "challenger",
                "priority": heading.priority,
                "owner": heading.owner,
                "fit_points_for_100": str(card.fit_points_for_100),
                "engagement_points_for_100": str(card.engagement_points_for_100),
                "fit_weight": f"{card.fit_weight.normalize():f}",
                "description": heading.description,
                "note": heading.note,
            }
        ],
        "audiences": [
            {**row, "scorecard": name}
            for row in rules.tables["audiences"]
            if row["scorecard"] == base
        ],
    }
    _silence(rows, rules, name, base)
    taken: set[str] = set()
    for signal in card.signals:
        key = _unique(_name(signal.source.name), taken)
        if isinstance(signal, Decayed):
            _add_decayed(rows, rules, name, key, signal)
        else:
            _add_binned(rows, rules, name, key, signal)
    return rows


def _add_binned(rows: Tables, rules: RuleSet, name: str, key: str, signal: Binned) -> None:
    source = signal.source
    is_fit = not source.event_type
    bins = _needed(signal.bins)
    parts = [one for one in bins if one.when is not When.no_event]
    if any(one.points for one in parts):
        _add_signal(rows, rules, f"{name}_{key}", signal, "first", "")
    else:
        parts = []
    for place, one in enumerate(parts, start=1):
        row = {
            "rule_id": f"{key}_{place}",
            "scorecard": name,
            "signal": f"{name}_{key}",
            "priority": str(10 * place),
            "attribute": source.attribute if one.operator else "",
            "operator": one.operator,
            "value": one.value,
            "points": str(one.points),
            "note": _evidence(one),
        }
        if is_fit:
            _add(rows, "fit_rules", row | {"disqualifies": "false"})
        else:
            count = "" if one.min_count == 1 else str(one.min_count)
            _add(
                rows,
                "engagement_rules",
                row
                | {
                    "event_type": source.event_type,
                    "award": "once",
                    "min_count": count,
                    "within_days": _text(source.within_days),
                },
            )
    for one in bins:
        if one.when is When.no_event and one.points:
            _add_absence(rows, name, key, signal, one)


def _add_absence(rows: Tables, name: str, key: str, signal: Binned, one: Bin) -> None:
    """Points for what a lead has not done: a fit rule whose further condition counts to 0."""
    common = f"{name}_{NOT_DONE}"
    if all(row["signal"] != common for row in rows.get("signals", [])):
        _add(
            rows,
            "signals",
            {
                "signal": common,
                "dimension": "fit",
                "family": "intent",
                "matching": "sum",
                "description": "What has not been done",
                "note": "Fit, since only events give engagement points",
            },
        )
    rule = {"rule_id": f"{key}_none", "scorecard": name}
    _add(
        rows,
        "fit_rules",
        rule
        | {
            "signal": common,
            "points": str(one.points),
            "disqualifies": "false",
            "note": _evidence(one),
        },
    )
    _add(
        rows,
        "rule_conditions",
        rule
        | {
            "of": "history",
            "event_type": signal.source.event_type,
            "within_days": _text(signal.source.within_days),
            "operator": "equals",
            "value": "0",
        },
    )


def _add_decayed(rows: Tables, rules: RuleSet, name: str, key: str, signal: Decayed) -> None:
    _add_signal(rows, rules, f"{name}_{key}", signal, "sum", str(signal.most_points))
    _add(
        rows,
        "engagement_rules",
        {
            "rule_id": key,
            "scorecard": name,
            "signal": f"{name}_{key}",
            "event_type": signal.source.event_type,
            "points": str(signal.points_per_day),
            "award": "each",
            "max_per_day": "1",
            "decay": curve_name(rules, signal.half_life),
            "note": f"{signal.active_rows:,} with such days; fresh days on average "
            f"{signal.mean_with:.2f} with the outcome, {signal.mean_without:.2f} without",
        },
    )
    for row in curve_rows(rules, signal.half_life):
        if row not in rows.get("decay_curves", []):
            _add(rows, "decay_curves", row)


def curve_name(rules: RuleSet, half_life: int) -> str:
    """Returns the curve of a half-life that the tables have, or the name of one to be added."""
    bare = {"grace_days", "floor_percent", "expire_days"}
    for row in rules.tables["decay_curves"]:
        if (
            row["method"] == "half_life"
            and row["days"] == str(half_life)
            and row["clock"] in ("", "event")
            and not any(row[column] not in ("", "0") for column in bare)
        ):
            return row["decay"]
    taken = {row["decay"] for row in rules.tables["decay_curves"]}
    name = f"half_life_{half_life}"
    return name if name not in taken else f"{name}_plain"


def curve_rows(rules: RuleSet, half_life: int) -> list[Cells]:
    """Returns the row that the tables lack for a half-life: none, or one."""
    name = curve_name(rules, half_life)
    if name in rules.names("decay_curves", "decay"):
        return []
    return [{"decay": name, "method": "half_life", "days": str(half_life)}]


def _needed(bins: Sequence[Bin]) -> list[Bin]:
    """Leaves out rules that change nothing: those after which no rule has other points."""
    kept = list(bins)
    # Of neighbours with equal points the wider rule covers the narrower one.
    for place in range(len(kept) - 2, -1, -1):
        one, after = kept[place], kept[place + 1]
        is_covered = one.operator == after.operator == "gte" or (
            one.when is When.event and not one.operator and not after.operator
        )
        if is_covered and after.when is one.when and one.points == after.points:
            merged_rows = one.rows + after.rows
            rate = (one.rows * one.rate + after.rows * after.rate) / max(1, merged_rows)
            kept[place : place + 2] = [replace(after, rows=merged_rows, rate=rate)]
    present = [one for one in kept if one.when is not When.no_event]
    while present and present[-1].points == 0:
        kept.remove(present.pop())
    return kept


def _silence(rows: Tables, rules: RuleSet, name: str, base: str) -> None:
    for table in RULE_TABLES:
        held = rules.effective(table, base, ("rule_id",))
        everywhere = {
            row["rule_id"] for row in rules.tables[table] if row["scorecard"] == EVERY_SCORECARD
        }
        for row in held:
            if row.get("disqualifies") in ("true", "t", "yes", "y", "1") and row["points"]:
                _add(rows, table, {**row, "scorecard": name, "points": "0", "note": "Disqualifies"})
                for condition in rules.tables["rule_conditions"]:
                    if (condition["rule_id"], condition["scorecard"]) == (
                        row["rule_id"],
                        row["scorecard"],
                    ):
                        _add(rows, "rule_conditions", {**condition, "scorecard": name})
            elif row["rule_id"] in everywhere:
                _add(rows, table, {**row, "scorecard": name, "points": "", "note": "Switched off"})


def _add_signal(
    rows: Tables, rules: RuleSet, key: str, signal: Signal, matching: str, most: str
) -> None:
    source = signal.source
    is_fit = not source.event_type
    _add(
        rows,
        "signals",
        {
            "signal": key,
            "dimension": "fit" if is_fit else "engagement",
            "family": _family(rules, source.attribute, source.event_type),
            "matching": matching,
            "max_points": most,
            "description": source.words,
        },
    )


def _family(rules: RuleSet, attribute: str, event_type: str) -> str:
    """Returns the family of the first signal whose rules look at the same thing."""
    signals = rules.names("signals", "signal")
    table, column, wanted = (
        ("engagement_rules", "event_type", event_type)
        if event_type
        else ("fit_rules", "attribute", attribute)
    )
    for row in rules.tables[table]:
        named = row[column].split("|") if event_type else [row[column]]
        if wanted in map(str.strip, named) and row["signal"] in signals:
            return signals[row["signal"]]["family"]
    return "intent" if event_type else "firmographic"


def _evidence(one: Bin) -> str:
    return (
        f"{one.rows:,} moments, {100 * one.rate:.1f} % with the outcome; "
        f"weight of evidence {one.weight:+.2f}"
    )


def _name(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_") or "signal"


def _unique(name: str, taken: set[str]) -> str:
    wanted, number = name, 2
    while wanted in taken:
        wanted, number = f"{name}_{number}", number + 1
    taken.add(wanted)
    return wanted


def _text(number: int | None) -> str:
    return "" if number is None else str(number)


def _add(rows: Tables, table: str, row: Mapping[str, str]) -> None:
    rows.setdefault(table, []).append(dict(row))


def merged_tables(parts: Iterable[Tables]) -> Tables:
    """Returns the rows of several cards as one set; rows that are there already are left out."""
    merged: Tables = {}
    for part in parts:
        for table, rows in part.items():
            for row in rows:
                if row not in merged.setdefault(table, []):
                    merged[table].append(row)
    return merged
