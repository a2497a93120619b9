"""From points to scores, labels and coverage (contract 4, decision 0001.24 and 25)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from oracle.points import Moment
from oracle.rule_types import FitRule, Scorecard, Threshold
from oracle.text import rounded


def half_up(value: Fraction) -> int:
    """Rounded half up to a whole number."""
    return (value + Fraction(1, 2)).__floor__()


def share_of_100(points: Decimal, points_for_100: Decimal) -> Decimal:
    """ "clamp(100 points / points_for_100)" to [0, 100], to six decimals, half away from zero."""
    share = max(Fraction(0), min(Fraction(100), 100 * Fraction(points) / Fraction(points_for_100)))
    millionths = half_up(share * 1_000_000)
    return Decimal(millionths).scaleb(-6)


def whole(value: Decimal) -> int:
    """A score from 0 to 100, rounded half up."""
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def total_of(scorecard: Scorecard, fit: Decimal, engagement: Decimal) -> int:
    """ "total = fit_weight fit + (1 - fit_weight) engagement", from the unrounded two."""
    return whole(scorecard.fit_weight * fit + (1 - scorecard.fit_weight) * engagement)


def label_of(
    thresholds: Sequence[Threshold], ladder: str, total: int, fit: int, engagement: int
) -> str | None:
    """The highest-ranked label whose non-blank minimums are all met; None without any."""
    met = [
        one
        for one in thresholds
        if one.ladder == ladder
        and all(
            minimum is None or score >= minimum
            for minimum, score in zip(one.minimums, (total, fit, engagement), strict=True)
        )
    ]
    return max(met, key=lambda one: one.rank).label if met else None


def coverage_of(moment: Moment, fit_rules: Sequence[FitRule]) -> Decimal | None:
    """Of the distinct attributes that the fit rules name, the share that is known."""
    named = {condition.attribute for rule in fit_rules for condition in rule.of_lead}
    if not named:
        return None
    known = sum(moment.is_known(attribute) for attribute in named)
    return rounded(Decimal(known) / len(named), 4)
