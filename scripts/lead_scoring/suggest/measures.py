"""How well scores sort, and how sure that is: AUC, with errors that know rows of one lead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from lead_scoring.suggest.sample import Flags, Real, Whole

Score = npt.NDArray[np.number[Any]]


@dataclass(frozen=True)
class Area:
    """An area under the ROC curve. influence: what each row adds to its error, per row."""

    value: float
    influence: Real

    def error(self, leads: Whole) -> float:
        """The standard error of the area."""
        return _error(self.influence, leads)

    def difference(self, other: Area, leads: Whole) -> tuple[float, float]:
        """How much larger it is than another on the same rows, and the standard error of that."""
        return self.value - other.value, _error(self.influence - other.influence, leads)


def area(label: Flags, score: Score) -> Area:
    """Returns the area under the ROC curve, ties counted half.

    It is the mean over pairs of a row with the label and one without. Each row's own share of it
    (DeLong's placement) tells the error.
    """
    with_label, without = np.sort(score[label]), np.sort(score[~label])
    placements = np.empty(len(label))
    placements[label] = _share_below(without, score[label])
    placements[~label] = 1 - _share_below(with_label, score[~label])
    value = float(np.mean(placements[label]))
    influence = placements - value
    influence[label] /= len(with_label)
    influence[~label] /= len(without)
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
