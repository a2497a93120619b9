"""A fitted scorecard: its signals and their bins, and the points and scores that it gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

import numpy as np

from lead_scoring.suggest.sample import Whole

UNIT = 10_000  # of points: the engine's terms have four decimals
MILLION = 1_000_000


class When(str, Enum):
    """What a bin's rule looks at."""

    attribute = "attribute"  # a condition on the lead
    event = "event"  # events of a type, perhaps with a condition
    no_event = "no event"  # that no event of the type is there


@dataclass(frozen=True)
class Bin:
    """Leads that a signal treats alike. The bins of a signal go in order: the first that holds."""

    when: When
    operator: str
    value: str
    words: str
    rows: int
    rate: float  # share of rows with the outcome
    weight: float  # weight of evidence
    min_count: int = 1
    points: int = 0


@dataclass(frozen=True)
class Source:
    """What a signal looks at. event_type is '' for an attribute of the lead."""

    name: str
    words: str
    attribute: str = ""
    event_type: str = ""
    within_days: int | None = None


@dataclass(frozen=True)
class Binned:
    """A signal of bins. places: the bin of every row."""

    source: Source
    bins: tuple[Bin, ...]
    places: Whole = field(repr=False)

    def points(self) -> tuple[Whole, Whole]:
        """The fit points and engagement points of every row, in units of 1/10000."""
        zero = np.zeros(len(self.places), dtype=np.int64)
        fit = np.array([one.points if one.when is not When.event else 0 for one in self.bins])
        engagement = np.array([one.points if one.when is When.event else 0 for one in self.bins])
        return zero + fit[self.places] * UNIT, zero + engagement[self.places] * UNIT

    @property
    def most_points(self) -> int:
        """The points of the best bin."""
        return max(one.points for one in self.bins)


@dataclass(frozen=True)
class Decayed:
    """A signal of days with events, each worth less the longer ago it is, up to a limit.

    rows, ages: one entry for each row and day with an event. half_life: in days.
    """

    source: Source
    half_life: int
    limit_days: float  # so many fresh days are worth as much as the signal can give
    row_count: int
    rows: Whole = field(repr=False)
    ages: Whole = field(repr=False)
    points_per_day: int = 0
    most_points: int = 0
    mean_with: float = 0.0
    mean_without: float = 0.0
    active_rows: int = 0

    def points(self) -> tuple[Whole, Whole]:
        """The fit points and engagement points of every row, in units of 1/10000."""
        terms = np.array(
            [self._term(age) for age in range(int(self.ages.max(initial=0)) + 1)], dtype=np.int64
        )
        sums = np.zeros(self.row_count, dtype=np.int64)
        np.add.at(sums, self.rows, terms[self.ages])
        return np.zeros_like(sums), np.minimum(sums, self.most_points * UNIT)

    def _term(self, age: int) -> int:
        factor = Decimal(repr(round(2.0 ** (-age / self.half_life), 12)))
        return int((self.points_per_day * factor * UNIT).quantize(Decimal(1), ROUND_HALF_UP))


Signal = Binned | Decayed


@dataclass(frozen=True)
class Card:
    """A scorecard of whole points. Scores of 100: the points that the best of its leads had."""

    signals: tuple[Signal, ...]
    fit_points_for_100: int | Decimal
    engagement_points_for_100: int | Decimal
    fit_weight: Decimal
    row_count: int

    def points(self) -> tuple[Whole, Whole]:
        """The fit points and engagement points of every row, in units of 1/10000."""
        return points_of(self.signals, self.row_count)

    def scores(self) -> dict[str, Whole]:
        """The total, fit and engagement score of every row."""
        return self.scores_of(*self.points())

    def scores_of(self, fit: Whole, engagement: Whole) -> dict[str, Whole]:
        """The scores of such points, in units of 1/10000, by the contract's arithmetic."""
        fit_score = _score(fit, self.fit_points_for_100)
        engagement_score = _score(engagement, self.engagement_points_for_100)
        whole = _whole_factor(self.fit_weight)
        weight = int(self.fit_weight * whole)
        total = weight * fit_score + (whole - weight) * engagement_score
        return {
            "total_score": _half_up(total, MILLION * whole),
            "fit_score": _half_up(fit_score, MILLION),
            "engagement_score": _half_up(engagement_score, MILLION),
        }


def points_of(signals: Sequence[Signal], row_count: int) -> tuple[Whole, Whole]:
    """The fit points and engagement points that signals give every row, in units of 1/10000."""
    fit = np.zeros(row_count, dtype=np.int64)
    engagement = np.zeros(row_count, dtype=np.int64)
    for signal in signals:
        more_fit, more_engagement = signal.points()
        fit += more_fit
        engagement += more_engagement
    return fit, engagement


def _score(points: Whole, points_for_100: int | Decimal) -> Whole:
    """Scores from 0 to 100 with the contract's six decimals, in millionths: whole numbers alone."""
    whole = _whole_factor(Decimal(points_for_100))
    for_100 = UNIT * int(points_for_100 * whole)
    held = np.clip(points * whole, 0, for_100)
    return _half_up(100 * MILLION * held, for_100)


def _half_up(numbers: Whole, divisor: int) -> Whole:
    """Quotients of numbers from 0 on, rounded half up."""
    return np.asarray((2 * numbers + divisor) // (2 * divisor), dtype=np.int64)


def _whole_factor(number: Decimal) -> int:
    """The power of ten that makes a number whole."""
    exponent = number.normalize().as_tuple().exponent
    return int(10 ** max(0, -int(exponent)))
