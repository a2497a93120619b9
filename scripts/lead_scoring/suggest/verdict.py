"""The one verdict on a suggested card, taken on leads that it was not fitted to.

The command prints it, the scorecard's note keeps it, and the review says the same of a
challenger until there are later leads to judge it by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

import numpy as np

from lead_scoring.data.leaks import Leak
from lead_scoring.suggest.card import Binned, Signal
from lead_scoring.suggest.measures import Area, area
from lead_scoring.suggest.sample import Foretold, Sample, Whole

COIN = 0.5
TOO_GOOD = 0.9  # AUC of one signal alone


class Verdict(Enum):
    """What is to be done with a card."""

    leaks = "do not use it"
    no_order = "do not use it: on leads that it had not seen it ranks no better than a coin"
    better = "it ranks better"
    worse = "it ranks worse"
    alike = "no difference that is more than chance"


@dataclass(frozen=True)
class Judged:
    """A card and the scorecard that it stands beside, on the same moments that it had not seen.

    leads: of each moment.
    """

    card: Area
    base: Area
    leads: Whole

    @property
    def difference(self) -> tuple[float, float]:
        """How much better the card ranks, and the standard error of that."""
        return self.card.difference(self.base, self.leads)

    @property
    def is_known(self) -> bool:
        """Whether there were pairs to compare."""
        return not np.isnan(self.card.value)

    def sides(self) -> tuple[float, float]:
        """The ends of the 95 % interval of the difference."""
        value, error = self.difference
        return value - 1.96 * error, value + 1.96 * error


@dataclass(frozen=True)
class Forward:
    """What a card of the older leads alone is worth on the newest ones, created since `since`."""

    judged: Judged
    since: datetime
    rate_before: float
    rate_after: float
    rows_after: int


def verdict(folds: Judged, forward: Forward | None, leaks: Sequence[Leak]) -> Verdict:
    """Returns the verdict, by the rule by which the review judges a challenger.

    Better is what ranks better for sure over the whole record and not worse on the newest leads.
    """
    if leaks:
        return Verdict.leaks
    newest = forward.judged if forward and forward.judged.is_known else None
    if not folds.is_known or folds.card.interval(folds.leads)[0] <= COIN:
        return Verdict.no_order
    if newest is not None and newest.card.value <= COIN:
        return Verdict.no_order
    low, high = folds.sides()
    if high < 0 or (newest is not None and newest.sides()[1] < 0):
        return Verdict.worse
    if low > 0 and (newest is None or newest.difference[0] >= 0):
        return Verdict.better
    return Verdict.alike


def words_of(found: Verdict, base: str, folds: Judged, forward: Forward | None) -> str:
    """Returns the verdict with its figures, as part of a sentence about the card."""
    if found in (Verdict.leaks, Verdict.no_order):
        return found.value
    figures = []
    if forward is not None and forward.judged.is_known:
        figures.append(f"{_figure(forward.judged)} on the newest leads")
    figures.append(f"{_figure(folds)} over all folds")
    than = f"than {base}" if found is not Verdict.alike else f"beside {base}"
    return f"{found.value} {than} ({'; '.join(figures)})"


def _figure(judged: Judged) -> str:
    value, error = judged.difference
    return f"{value:+.3f} ± {error:.3f} AUC"


def leaking_signals(signals: Sequence[Signal], leaks: Sequence[Leak], sample: Sample) -> list[Leak]:
    """Returns the leaks that a card rests on: columns that know the answer, and signals so good
    alone that they must.

    Events carry their own time: whether a lead acts again they may tell that well.
    """
    known = {leak.column: leak for leak in leaks}
    found = [
        known[one.source.attribute]
        for one in signals
        if not one.source.event_type and one.source.attribute in known
    ]
    for one in signals:
        if one.source.event_type and sample.foretold is Foretold.active:
            continue
        alone = _alone(one, sample)
        if alone > TOO_GOOD and one.source.attribute not in known:
            words = f"alone it ranks {100 * alone:.0f} % of the pairs right"
            found.append(Leak(one.source.attribute or one.source.event_type, words))
    return found


def _alone(signal: Signal, sample: Sample) -> float:
    if isinstance(signal, Binned):
        weights = np.array([one.weight for one in signal.bins])[signal.places]
        return area(sample.label, weights, sample.months).value
    return area(sample.label, signal.points()[1], sample.months).value
