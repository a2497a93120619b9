"""How well scores sort, and how sure that is: AUC, with errors that know rows of one lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from lead_scoring.suggest.sample import Flags, Real, Whole

Score = npt.NDArray[np.number[Any]]


Strata = npt.NDArray[np.generic]


@dataclass(frozen=True)
class Area:
    """An area under the ROC curve. influence: what each row adds to its error, per row."""

    value: float
    influence: Real

    def error(self, leads: Whole) -> float:
        """The standard error of the area."""
        return _error(self.influence, leads)

    def interval(self, leads: Whole) -> tuple[float, float]:
        """The ends of the 95 % interval."""
        half = 1.96 * self.error(leads)
        return self.value - half, self.value + half

    def difference(self, other: Area, leads: Whole) -> tuple[float, float]:
        """How much larger it is than another on the same rows, and the standard error of that."""
        return self.value - other.value, _error(self.influence - other.influence, leads)


def area(label: Flags, score: Score, strata: Strata | None = None) -> Area:
    """Returns the area under the ROC curve, ties counted half.

    It is the mean over pairs of a row with the label and one without. Each row's own share of it
    (DeLong's placement) tells the error. strata: one per row, such as months; pairs are then of
    one stratum, so that a rate that moves from one to the next ranks nobody. Where there is no
    pair the value is nan.
    """
    groups = np.zeros(len(label), dtype=np.int64)
    if strata is not None:
        groups = np.unique(strata, return_inverse=True)[1].ravel()
    wins, pairs = np.zeros(len(label)), np.zeros(len(label))
    order = np.argsort(groups, kind="stable")
    for rows in np.split(order, np.cumsum(np.bincount(groups))[:-1]):
        with_label, without = rows[label[rows]], rows[~label[rows]]
        pairs[with_label], pairs[without] = len(without), len(with_label)
        if len(with_label) and len(without):
            wins[with_label] = len(without) * _share_below(
                np.sort(score[without]), score[with_label]
            )
            wins[without] = len(with_label) * (
                1 - _share_below(np.sort(score[with_label]), score[without])
            )
    in_all = float(pairs[label].sum())
    if not in_all:
        return Area(float("nan"), np.zeros(len(label)))
    value = float(wins[label].sum()) / in_all
    return Area(value, (wins - value * pairs) / in_all)


def mean_area(parts: Sequence[tuple[Flags, Area]], rows: int) -> Area:
    """Returns the mean of the areas of parts that share no row.

    parts: which rows are of it, and its area. Scores of several cards have no scale in common, so
    areas are averaged and rows never pooled. A part without pairs counts for nothing.
    """
    known = [(place, one) for place, one in parts if not np.isnan(one.value)]
    influence = np.zeros(rows)
    for place, one in known:
        influence[place] = one.influence / len(known)
    value = float(np.mean([one.value for _, one in known])) if known else float("nan")
    return Area(value, influence)


def _share_below(sorted_scores: Score, score: Score) -> Real:
    lower = np.searchsorted(sorted_scores, score, side="left")
    not_higher = np.searchsorted(sorted_scores, score, side="right")
    return np.asarray((lower + not_higher) / (2 * len(sorted_scores)), dtype=np.float64)


def _error(influence: Real, leads: Whole) -> float:
    # Rows of one lead are not independent: their shares are added up first.
    _, groups = np.unique(leads, return_inverse=True)
    sums = np.bincount(groups, weights=influence)
    return float(np.sqrt(np.sum(sums**2)))
