"""Statistics by their textbook definitions, with other means than the project's SQL."""

from __future__ import annotations

import math
from collections.abc import Sequence

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


def delong(
    converted: Numbers, scores: Numbers, others: Numbers
) -> tuple[float | None, float | None]:
    """Half-widths of the 95 % intervals of an AUC and of its difference to that of other scores.

    By the definition of DeLong: every conversion is compared with every other lead.
    """
    labels = np.asarray(converted) == 1
    if labels.sum() < 2 or (~labels).sum() < 2:
        return None, None
    placements = [_placements(labels, np.asarray(values, float)) for values in (scores, others)]
    conversions = np.array([pair[0] for pair in placements])
    rest = np.array([pair[1] for pair in placements])
    covariance = np.cov(conversions) / conversions.shape[1] + np.cov(rest) / rest.shape[1]
    of_difference = covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1]
    return Z * math.sqrt(covariance[0, 0]), Z * math.sqrt(max(0.0, float(of_difference)))


def _placements(labels: np.ndarray, scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    wins = np.sign(scores[labels][:, None] - scores[~labels][None, :]) / 2 + 0.5
    return wins.mean(axis=1), wins.mean(axis=0)


def kolmogorov_smirnov(converted: Numbers, scores: Numbers) -> float | None:
    """The largest gap between the distributions of the scores of conversions and of others."""
    labels, values = np.asarray(converted) == 1, np.asarray(scores)
    if labels.all() or not labels.any():
        return None
    return float(ks_2samp(values[labels], values[~labels]).statistic)


def top_decile_lift(converted: Numbers, scores: Numbers) -> float | None:
    """Lift of the best tenth, the mean over all orders of tied leads."""
    frame = pd.DataFrame({"converted": converted, "score": scores})
    frame["expected"] = frame.groupby("score")["converted"].transform("mean")
    ranked = frame.sort_values("score", ascending=False)["expected"].to_numpy()
    size = len(ranked) / 10
    whole = int(size)
    taken = ranked[:whole].sum() + (ranked[whole] * (size - whole) if size > whole else 0)
    return ratio(taken / size, float(np.mean(converted)))


def log_odds(with_it: tuple[int, int], without: tuple[int, int]) -> tuple[float, float]:
    """The logarithm of the odds ratio, 0.5 added to each count, and half its 95 % interval.

    Arguments: conversions and others of those with it, and of those without.
    """
    counts = [count + 0.5 for count in (*with_it, *without)]
    value = math.log(counts[0] / counts[1]) - math.log(counts[2] / counts[3])
    return value, Z * math.sqrt(sum(1 / count for count in counts))


def divergence(shares: Numbers, other_shares: Numbers) -> float:
    """The sum over bins of the difference of shares times the logarithm of their quotient."""
    ours, theirs = np.asarray(shares, float), np.asarray(other_shares, float)
    return float(((ours - theirs) * np.log(ours / theirs)).sum())


def smoothed(counts: Numbers) -> np.ndarray:
    """Counts as shares, 0.5 added to each."""
    values = np.asarray(counts, float) + 0.5
    shares: np.ndarray = values / values.sum()
    return shares
