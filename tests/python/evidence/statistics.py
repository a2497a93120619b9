"""Statistics by their textbook definitions, with other means than the project's SQL."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import binomtest, ks_2samp, norm
from sklearn.metrics import roc_auc_score

Numbers = Sequence[float] | np.ndarray
Z = float(norm.ppf(0.975))
CAREFUL_Z = float(norm.ppf(0.995))


def ratio(numerator: float, denominator: float) -> float | None:
    """The quotient; None where the denominator is 0."""
    return numerator / denominator if denominator else None


def wilson(conversions: int, leads: int) -> tuple[float | None, float | None]:
    """The 95 % interval of a rate by Wilson."""
    if not leads:
        return None, None
    interval = binomtest(int(conversions), int(leads)).proportion_ci(method="wilson")
    return float(interval.low), float(interval.high)


def area(converted: Numbers, scores: Numbers) -> float | None:
    """The area under the ROC curve by scikit-learn; None where a kind is missing."""
    kinds = set(np.asarray(converted).tolist())
    return float(roc_auc_score(converted, scores)) if kinds == {0, 1} else None


@dataclass(frozen=True)
class Ranking:
    """An AUC within months, that of other scores on the same leads, and the half-widths of the
    95 % intervals of the AUC and of the difference; None below two of either kind."""

    auc: float
    other: float
    half: float | None
    half_of_difference: float | None

    @property
    def difference(self) -> float:
        """How much larger it is than that of the other scores."""
        return self.auc - self.other


def ranking(converted: Numbers, scores: Numbers, others: Numbers, months: Sequence[Any]) -> Ranking:
    """Compares every conversion with every other lead of its month, one by one.

    The intervals are DeLong's: the spread of what each lead wins of its pairs, beside what the
    AUC makes one expect of so many.
    """
    labels, months_of = np.asarray(converted) == 1, pd.factorize(np.asarray(months))[0]
    same = months_of[labels][:, None] == months_of[~labels][None, :]
    assert same.any(), "there is no pair to compare"
    own, other = (_wins(labels, np.asarray(values, float)) * same for values in (scores, others))
    auc, other_auc = own.sum() / same.sum(), other.sum() / same.sum()
    return Ranking(
        float(auc),
        float(other_auc),
        _half_width(own - auc * same, same),
        _half_width(own - other - (auc - other_auc) * same, same),
    )


def _half_width(excess: np.ndarray, same: np.ndarray) -> float | None:
    variance = 0.0
    for axis in (0, 1):
        counted = same.any(axis=axis).sum()
        if counted < 2:
            return None
        squares = (excess.sum(axis=axis) ** 2).sum()
        variance += counted / (counted - 1) * squares / same.sum() ** 2
    return Z * math.sqrt(variance)


def _wins(labels: np.ndarray, scores: np.ndarray) -> np.ndarray:
    wins: np.ndarray = np.sign(scores[labels][:, None] - scores[~labels][None, :]) / 2 + 0.5
    return wins


def kolmogorov_smirnov(converted: Numbers, scores: Numbers) -> float | None:
    """The largest gap between the distributions of the scores of conversions and of others."""
    labels, values = np.asarray(converted) == 1, np.asarray(scores)
    if labels.all() or not labels.any():
        return None
    return float(ks_2samp(values[labels], values[~labels]).statistic)


def top_decile_lift(converted: Numbers, scores: Numbers, months: Sequence[Any]) -> float | None:
    """Lift of the best tenth of each month, the mean over all orders of tied leads."""
    frame = pd.DataFrame({"converted": converted, "score": scores, "month": months})
    frame["expected"] = frame.groupby(["month", "score"])["converted"].transform("mean")
    taken = 0.0
    for _, group in frame.groupby("month"):
        ranked = group.sort_values("score", ascending=False)["expected"].to_numpy()
        size = len(ranked) / 10
        whole = int(size)
        taken += ranked[:whole].sum() + (ranked[whole] * (size - whole) if size > whole else 0)
    return ratio(10 * taken, float(np.sum(np.asarray(converted))))


def pooled_log_odds(strata: Sequence[np.ndarray]) -> tuple[float, float]:
    """The logarithm of Mantel and Haenszel's odds ratio over strata, and half its 95 % interval.

    strata: two by two, with and without, conversions and others; half a lead is added to each of
    the four counts, spread over the strata. The variance is Robins, Breslow and Greenland's.
    """
    tables = [table + 0.5 / len(strata) for table in strata]
    products = [
        (table[0, 0] * table[1, 1] / table.sum(), table[0, 1] * table[1, 0] / table.sum())
        for table in tables
    ]
    along, across = (np.array(side) for side in zip(*products, strict=True))
    share_along = np.array([np.trace(table) / table.sum() for table in tables])
    share_across = 1 - share_along
    variance = (
        (share_along * along).sum() / (2 * along.sum() ** 2)
        + (share_along * across + share_across * along).sum() / (2 * along.sum() * across.sum())
        + (share_across * across).sum() / (2 * across.sum() ** 2)
    )
    return math.log(along.sum() / across.sum()), Z * math.sqrt(float(variance))


def log_odds(with_it: tuple[int, int], without: tuple[int, int]) -> tuple[float, float]:
    """The same of one stratum. Arguments: conversions and others of either side."""
    return pooled_log_odds([np.array([with_it, without], float)])


def divergence(shares: Numbers, other_shares: Numbers) -> float:
    """The sum over bins of the difference of shares times the logarithm of their quotient."""
    ours, theirs = np.asarray(shares, float), np.asarray(other_shares, float)
    return float(((ours - theirs) * np.log(ours / theirs)).sum())


def smoothed(counts: Numbers) -> np.ndarray:
    """Counts as shares, 0.5 added to each."""
    values = np.asarray(counts, float) + 0.5
    shares: np.ndarray = values / values.sum()
    return shares
