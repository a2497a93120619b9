"""Decay curves for those who read rules: what is left at an age, and a curve in words.

Scores are decayed by the SQL; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from lead_scoring.rules.rule_set import number, plain, whole


@dataclass(frozen=True)
class Curve:
    """A row of decay_curves, its blanks replaced by what they mean (days: 1 where unused)."""

    decay: str
    method: str
    clock: str
    days: int
    percent: Decimal
    grace_days: int
    floor_percent: Decimal
    expire_days: int | None

    def factor(self, days: int) -> Decimal:
        """Returns the share of the points that is left at so many days on the curve's clock."""
        if self.expire_days is not None and days >= self.expire_days:
            return Decimal(0)
        with localcontext() as context:
            context.prec = 40
            left = max(self._by_method(days), self.floor_percent / 100)
            return left.quantize(Decimal("1e-12"), rounding=ROUND_HALF_UP)

    def points(self, days: int) -> Decimal:
        """Returns what is left of ten points, rounded to four decimals."""
        return (10 * self.factor(days)).quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)

    def _by_method(self, days: int) -> Decimal:
        late = max(0, days - self.grace_days)
        share = self.percent / 100
        if self.method == "window":
            return Decimal(days < self.days)
        if self.method == "linear":
            return max(Decimal(0), 1 - Decimal(late) / self.days)
        if self.method == "step_linear":
            return max(Decimal(0), 1 - share * (late // self.days))
        if self.method == "step_compound":
            steps = late // self.days
            return (1 - share) ** steps if steps else Decimal(1)
        if self.method == "half_life":
            return Decimal(2) ** (Decimal(-late) / self.days)
        return Decimal(1)


def read_curve(row: Mapping[str, str]) -> Curve:
    """Returns the curve of a row of decay_curves. Raises RulesError where a number is none."""
    return Curve(
        decay=row["decay"],
        method=row["method"],
        clock=row["clock"] or "event",
        days=whole(row, "days") or 1,
        percent=number(row, "percent") or Decimal(0),
        grace_days=whole(row, "grace_days") or 0,
        floor_percent=number(row, "floor_percent") or Decimal(0),
        expire_days=whole(row, "expire_days"),
    )


def curve_words(curve: Curve) -> str:
    """Returns how points fade, as the end of a sentence: 'halves every 14 days'."""
    loss = f"{plain(curve.percent)} %"
    every = f"every {_days(curve.days)}"
    words = {
        "none": "does not fade",
        "window": f"counts in full for {_days(curve.days)}, then not at all",
        "linear": f"fades evenly to nothing in {_days(curve.days)}",
        "step_linear": f"loses {loss} of its first points {every}",
        "step_compound": f"loses {loss} of what is left {every}",
        "half_life": f"halves {every}",
    }.get(curve.method, f"fades by {curve.method}")
    if curve.clock == "activity" and curve.method != "none":
        words += " without activity"
    if curve.grace_days and curve.method not in ("none", "window"):
        words += f", after {_days(curve.grace_days)} of grace"
    if curve.floor_percent and curve.method != "none":
        words += f", never below {plain(curve.floor_percent)} %"
    if curve.expire_days is not None:
        words += f", gone after {_days(curve.expire_days)}"
        if curve.clock == "activity":
            words += " without activity"
    return words


def _days(days: int) -> str:
    return "a day" if days == 1 else f"{days} days"
