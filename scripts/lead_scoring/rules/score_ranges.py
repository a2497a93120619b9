"""What scores mean on a scorecard: the points that rules can give, and the ranges of labels."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from lead_scoring.rules.rule_set import Cells, RuleSet, number, plain

LADDERS = {
    "stage": "Stage",
    "temperature": "Temperature",
    "fit_grade": "Fit grade",
    "engagement_grade": "Engagement grade",
}
MINIMUMS = {"min_total": "total", "min_fit": "fit", "min_engagement": "engagement"}


def reachable_points(
    rule_set: RuleSet, rules: Sequence[tuple[str, Cells]], dimension: str
) -> Decimal | None:
    """Returns the most points that the rules of a dimension can give; None: there is no bound.

    rules: the rows that are on, with their kind. Conditions that exclude each other are not looked
    at, so a lead may never reach it.
    """
    total = Decimal(0)
    for signal in rule_set.tables["signals"]:
        held = [
            row for kind, row in rules if kind == dimension and row["signal"] == signal["signal"]
        ]
        most = _most(held, is_first=signal["matching"] == "first")
        limit = number(signal, "max_points")
        if most is None and limit is None:
            return None
        total += min(each for each in (most, limit) if each is not None)
    return total


def _most(rules: Sequence[Cells], *, is_first: bool) -> Decimal | None:
    """The most points of a signal before its limit; None: no bound."""
    gains = []
    for row in rules:
        points = number(row, "points") or Decimal(0)
        if points <= 0:
            continue
        # Without decay or with it, events of many days add up.
        if "event_type" in row and row["award"] != "once":
            return None
        gains.append(points)
    return max(gains, default=Decimal(0)) if is_first else sum(gains, Decimal(0))


def range_lines(rule_set: RuleSet, scorecard: Cells) -> list[str]:
    """Returns what the scores of a scorecard mean, as sentences: each ladder's labels."""
    thresholds = rule_set.effective("thresholds", scorecard["scorecard"], ("ladder", "label"))
    lines = []
    for ladder, title in LADDERS.items():
        steps = sorted(
            (row for row in thresholds if row["ladder"] == ladder),
            key=lambda row: number(row, "rank") or Decimal(0),
        )
        if steps:
            lines.append(f"{title}: {_ladder_words(steps)}.")
    lines += _example(scorecard, thresholds)
    if any(row["ladder"] == "fit_grade" for row in thresholds):
        lines.append("Grade: the fit grade, then the engagement grade, as in B2.")
    lines.append("A disqualified lead keeps its scores; its stage is disqualified.")
    return lines


def _ladder_words(steps: Sequence[Cells]) -> str:
    """The labels with their ranges of scores, from the lowest label up."""
    asked = [_asked(row) for row in steps]
    names = {name for minimums in asked for name in minimums}
    if len(names) == 1:
        name = names.pop()
        words = []
        for place, row in enumerate(steps):
            low = asked[place].get(name, Decimal(0))
            high = (
                asked[place + 1][name].to_integral_value(ROUND_CEILING) - 1
                if place + 1 < len(steps) and name in asked[place + 1]
                else Decimal(100)
            )
            words.append(f"{row['label']}: {plain(low)} to {plain(high)}")
        return f"{name} score, {'; '.join(words)}"
    return "; ".join(f"{row['label']} from {asked_words(row)}" for row in steps)


def _asked(row: Cells) -> dict[str, Decimal]:
    minimums = {words: number(row, column) for column, words in MINIMUMS.items()}
    return {words: least for words, least in minimums.items() if least is not None}


def asked_words(row: Cells) -> str:
    """Returns what a label asks, as the end of a sentence: 'total score 80 and fit score 30'."""
    asked = [f"{words} score {plain(least)}" for words, least in _asked(row).items()]
    return " and ".join(asked) or "the start"


def _example(scorecard: Cells, thresholds: Sequence[Cells]) -> list[str]:
    """For each stage that asks a total score alone: points that reach it, half by each."""
    weight = number(scorecard, "fit_weight") or Decimal(0)
    lines = []
    for row in thresholds:
        asked = _asked(row)
        if row["ladder"] != "stage" or list(asked) != ["total"]:
            continue
        least = asked["total"]
        points = {
            dimension: (number(scorecard, f"{dimension}_points_for_100") or Decimal(0))
            * least
            / 100
            for dimension in ("fit", "engagement")
        }
        said = [
            f"{_points(points[dimension])} {dimension} points"
            for dimension, share in (("fit", weight), ("engagement", 1 - weight))
            if share > 0
        ]
        words = f"{row['label']} takes{', say,' if len(said) > 1 else ''} {' and '.join(said)}"
        # Fit of 100 leaves the rest to engagement.
        rest = least - 100 * weight
        if len(said) > 1 and 0 < rest <= 100 * (1 - weight):
            needed = (
                rest
                / (1 - weight)
                / 100
                * (number(scorecard, "engagement_points_for_100") or Decimal(0))
            )
            words += f"; or a fit score of 100 and {_points(needed)} engagement points"
        lines.append(f"{words}.")
    return lines


def _points(points: Decimal) -> str:
    return plain(points.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))
