"""Makes of placed rows a whole folder of rule tables, in which no other rule counts."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from lead_scoring.rules.files import seed_columns
from lead_scoring.rules.importing.entries import Entry
from lead_scoring.rules.importing.names import Names, slug
from lead_scoring.rules.importing.placing import Decay, Placement
from lead_scoring.rules.importing.vocabulary import FAMILIES
from lead_scoring.rules.importing.wording import NotPlaced, number_text, points_of
from lead_scoring.rules.rule_set import EVERY_SCORECARD, RuleSet

NOT_PLACED = "not_placed.csv"
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
# Tables whose own rows speak of other scorecards or rules; they are written even if empty.
ALWAYS_WRITTEN = (
    "scorecards", "audiences", "signals", "fit_rules", "engagement_rules", "inactivity_rules",
    "rule_conditions", "routing_rules",
)  # fmt: skip

Row = dict[str, str]


@dataclass(frozen=True)
class Refusal:
    """A row of the list that became no rule, and why."""

    entry: Entry
    reason: str


@dataclass
class RuleFolder:
    """The rule tables of a list of points; `sources` tells which row made which rule row."""

    tables: dict[str, list[Row]]
    sources: dict[tuple[str, int], Placement]  # (table, number of the row from 0) -> placement
    refused: list[Refusal] = field(default_factory=list)
    fit_points: Decimal = Decimal(0)  # that make a fit score of 100
    engagement_points: Decimal = Decimal(0)

    def write(self, folder: Path, refusals: Iterable[Refusal]) -> None:
        """Writes the tables, and the rows that were not placed."""
        folder.mkdir(parents=True, exist_ok=True)
        columns = seed_columns()
        for name, rows in self.tables.items():
            _write(folder / f"{name}.csv", columns[name], rows)
        _write(
            folder / NOT_PLACED,
            ["row", "criterion", "points", "reason"],
            [
                {
                    "row": str(refusal.entry.row),
                    "criterion": harmless(refusal.entry.written),
                    "points": harmless(refusal.entry.points),
                    "reason": harmless(refusal.reason),
                }
                for refusal in refusals
            ],
        )

    def file_names(self) -> list[str]:
        """Returns the names of the files that `write` makes."""
        return [*(f"{name}.csv" for name in self.tables), NOT_PLACED]


def build(
    placements: Sequence[Placement], scorecard: str, source: str, rule_set: RuleSet
) -> RuleFolder:
    """Returns the rule tables of placed rows: one live scorecard for everyone.

    Each rule names its row in `source`. Rows that contradict others come back as refused.
    rule_set: the project's own rules, whose labels stay where the list says nothing of them.
    """
    kept, refused = _without_repeats(placements)
    rules = [each for each in kept if each.table != "thresholds"]
    signals = _signals(rules)
    made = RuleFolder({name: [] for name in ALWAYS_WRITTEN}, {}, refused)
    names = Names()
    for place, placement in enumerate(rules):
        _add_rule(made, placement, names.of(placement.entry), signals.get(place), source)
    made.tables["signals"] = _signal_rows(rules, signals)
    if any(placement.decay for placement in rules):
        curves = {each.decay for each in rules if each.decay}
        made.tables["decay_curves"] = [
            {"decay": _curve_name(curve), "method": curve.method, "clock": "event",
             "days": str(curve.days), "percent": curve.percent}
            for curve in sorted(curves, key=_curve_name)
        ]  # fmt: skip
    _add_scorecard(made, rules, signals, scorecard, source)
    stages = [each for each in kept if each.table == "thresholds"]
    _add_thresholds(made, stages, source, rule_set)
    return made


def harmless(text: str) -> str:
    """Returns text that no spreadsheet runs as a formula; numbers stay as they are."""
    if text.startswith(FORMULA_SIGNS) and not re.fullmatch(r"[+-]?\d+(\.\d+)?", text):
        return f"'{text}"
    return text


def _without_repeats(
    placements: Sequence[Placement],
) -> tuple[list[Placement], list[Refusal]]:
    """Of rows that say the same the first stays: both would count."""
    first: dict[object, Placement] = {}
    refused = []
    for placement in placements:
        cells = {key: text.lower() for key, text in placement.cells.items() if text}
        key = (
            placement.table,
            tuple(sorted(cells.items())),
            tuple(sorted(placement.condition.items())),
        )
        other = first.setdefault(key, placement)
        if other is not placement:
            refused.append(
                Refusal(
                    placement.entry, f"is the same rule as row {other.entry.row}: keep one of them"
                )
            )
    return list(first.values()), refused


def _signals(rules: Sequence[Placement]) -> dict[int, str]:
    """Returns the signal of each rule, by its place: the list's own groups, else its family."""
    dimensions: dict[str, set[str]] = {}
    groups = []
    for placement in rules:
        group = slug(placement.entry.category) or placement.family
        groups.append(group)
        if placement.table != "inactivity_rules":
            dimensions.setdefault(group, set()).add(_dimension(placement))
    return {
        place: f"{group}_{_dimension(placement)}" if len(dimensions.get(group, ())) > 1 else group
        for place, (placement, group) in enumerate(zip(rules, groups, strict=True))
        if placement.table != "inactivity_rules"
    }


def _dimension(placement: Placement) -> str:
    return "fit" if placement.table == "fit_rules" else "engagement"


def _signal_rows(rules: Sequence[Placement], signals: Mapping[int, str]) -> list[Row]:
    rows = []
    for name in dict.fromkeys(signals.values()):
        members = [rules[place] for place, signal in signals.items() if signal == name]
        family = slug(members[0].entry.category)
        if family not in FAMILIES:
            family = Counter(member.family for member in members).most_common(1)[0][0]
        limit = next((member.entry.limit for member in members if member.entry.limit), "")
        most = points_of(limit) if limit else None
        rows.append(
            {
                "signal": name,
                "dimension": _dimension(members[0]),
                "family": family,
                "matching": "sum",
                "max_points": "" if most is None else number_text(abs(most)),
                "description": harmless(members[0].entry.category) or family.capitalize(),
            }
        )
    return rows


def _add_rule(
    made: RuleFolder,
    placement: Placement,
    rule_id: str,
    signal: str | None,
    source: str,
) -> None:
    rows = made.tables[placement.table]
    row = {
        "rule_id": rule_id,
        "scorecard": "*",
        **placement.cells,
        "points": number_text(placement.points),
        "note": _note(placement, source),
    }
    if signal:
        row["signal"] = signal
    if placement.table == "fit_rules":
        row.setdefault("disqualifies", "false")
    if placement.decay:
        row["decay"] = _curve_name(placement.decay)
    made.sources[placement.table, len(rows)] = placement
    rows.append(row)
    if placement.condition:
        made.tables["rule_conditions"].append(
            {"rule_id": rule_id, "scorecard": "*", **placement.condition}
        )


def _note(placement: Placement, source: str) -> str:
    note = f"Row {placement.entry.row} of {source}: {placement.entry.written}"
    return f"{note}. Note: {placement.remark}" if placement.remark else note


def _curve_name(curve: Decay) -> str:
    if curve.method == "step_linear":
        return f"{curve.percent.replace('.', '_')}_percent_every_{curve.days}_days"
    return f"{curve.method}_{curve.days}"


def _add_scorecard(
    made: RuleFolder,
    rules: Sequence[Placement],
    signals: Mapping[int, str],
    scorecard: str,
    source: str,
) -> None:
    """A score of 100 is every row that gives points, counted once; each point weighs the same."""
    limits = {
        row["signal"]: Decimal(row["max_points"])
        for row in made.tables["signals"]
        if row["max_points"]
    }
    totals = {
        dimension: _most_points(rules, signals, limits, dimension)
        for dimension in ("fit", "engagement")
    }
    made.fit_points, made.engagement_points = totals["fit"], totals["engagement"]
    together = sum(totals.values())
    weight = totals["fit"] / together if together else Decimal("0.5")
    made.tables["scorecards"] = [
        {
            "scorecard": scorecard,
            "segment": scorecard,
            "status": "live",
            "priority": "1",
            "fit_points_for_100": number_text(totals["fit"] or Decimal(100)),
            "engagement_points_for_100": number_text(totals["engagement"] or Decimal(100)),
            "fit_weight": number_text(weight.quantize(Decimal("0.0001"), ROUND_HALF_UP)),
            "description": f"Imported from {source}",
            "note": "100 is every row that gives points, counted once; all points weigh the same",
        }
    ]


def _most_points(
    rules: Sequence[Placement],
    signals: Mapping[int, str],
    limits: Mapping[str, Decimal],
    dimension: str,
) -> Decimal:
    """The points of a lead for whom every row holds once; of one attribute the best counts."""
    best: dict[tuple[str, str], Decimal] = {}
    for place, signal in signals.items():
        rule = rules[place]
        if _dimension(rule) == dimension and rule.points > 0:
            key = (signal, rule.subject if dimension == "fit" else str(place))
            best[key] = max(best.get(key, Decimal(0)), rule.points)
    total = Decimal(0)
    for signal in {signal for signal, _ in best}:
        points = sum(value for (name, _), value in best.items() if name == signal)
        total += min(Decimal(points), limits.get(signal, Decimal(points)))
    return total


def _add_thresholds(
    made: RuleFolder, stages: Sequence[Placement], source: str, rule_set: RuleSet
) -> None:
    """The list's points of a stage, as a part of all points; the other ladders stay ours."""
    together = made.fit_points + made.engagement_points
    ours = [row for row in rule_set.tables["thresholds"] if row["scorecard"] == EVERY_SCORECARD]
    rows = [row for row in ours if row["ladder"] != "stage"]
    rows.append({"scorecard": "*", "ladder": "stage", "label": "lead", "rank": "1"})
    below = Decimal(0)
    for placement in sorted(stages, key=lambda each: each.points):
        least = (100 * placement.points / together if together else Decimal(0)).quantize(
            Decimal(1), ROUND_HALF_UP
        )
        if not below < least <= 100:
            made.refused.append(
                Refusal(
                    placement.entry,
                    f"would be {least} of 100, since all rows together give {number_text(together)}"
                    " points: a stage needs 1 to 100, and more than the stage below",
                )
            )
            continue
        below = least
        placed = replace(
            placement,
            remark=f"{number_text(placement.points)} of {number_text(together)} points are "
            f"{least} of 100",
        )
        made.sources["thresholds", len(rows)] = placed
        rows.append(
            {
                "scorecard": "*",
                "ladder": "stage",
                "label": placement.cells["label"],
                "rank": str(sum(row["ladder"] == "stage" for row in rows) + 1),
                "min_total": str(least),
                "note": _note(placed, source),
            }
        )
    made.tables["thresholds"] = rows if below else ours


def check_limits(placements: Iterable[Placement]) -> list[Refusal]:
    """Returns the rows whose limit of a group is no number of points."""
    refused = []
    for placement in placements:
        if placement.entry.limit:
            try:
                points_of(placement.entry.limit)
            except NotPlaced as problem:
                refused.append(Refusal(placement.entry, f"limit: {problem}"))
    return refused


def _write(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
