"""From log-odds to a likelihood: a curve of three numbers, written as bands with straight lines.

The curve is a beta calibration (Kull, Silva Filho and Flach 2017): the logit of the likelihood is
a ln(p) - b ln(1 - p) + c, with a and b from 0 on, where p is what the log-odds say. It is fitted
to later leads than the log-odds are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from scipy.optimize import minimize

from lead_scoring.suggest.sample import Flags, Real, Whole

MICRO = 1_000_000  # log-odds have six decimals, and are whole numbers of millionths here
NANO = 1_000_000_000  # probabilities have nine
BANDS = 10
FEWEST_IN_BAND = 20
# The share of rows on either side beyond which nothing is foretold that is still more extreme: the
# last of them would stretch a straight line far along a curve.
OUTERMOST = 0.01
PRIOR = 1.0  # how firmly a and b stay near 1, where the log-odds are right as they are


@dataclass(frozen=True)
class Band:
    """A band: log-odds in millionths, probabilities in billionths, and what came in it."""

    log_odds_from: int
    log_odds_until: int
    probability_from: int
    probability_until: int
    rows: int
    won: int
    median_days: Decimal | None

    @property
    def rate(self) -> float:
        """The share of its rows with the outcome."""
        return self.won / self.rows if self.rows else float("nan")


def calibrate(log_odds: Whole, label: Flags, days: Real) -> tuple[Band, ...]:
    """Returns bands of equally many rows, by rising log-odds.

    log_odds: of later rows than those of the fit, in millionths. days: until each had the outcome;
    NaN: it had not.
    """
    edges = _edges(log_odds)
    curve = beta_curve(log_odds / MICRO, label)
    probabilities = np.rint(curve(np.array(edges) / MICRO) * NANO).astype(np.int64)
    bands = np.clip(np.searchsorted(edges, log_odds, side="right") - 1, 0, len(edges) - 2)
    found = []
    for place in range(len(edges) - 1):
        inside = bands == place
        waits = days[inside & label & ~np.isnan(days)]
        found.append(
            Band(
                edges[place],
                edges[place + 1],
                int(probabilities[place]),
                int(probabilities[place + 1]),
                int(inside.sum()),
                int((inside & label).sum()),
                Decimal(str(round(float(np.median(waits)), 1))) if len(waits) else None,
            )
        )
    return tuple(found)


def _edges(log_odds: Whole) -> list[int]:
    """Limits of bands; each but the last ends before its upper one."""
    bands = max(1, min(BANDS, len(log_odds) // FEWEST_IN_BAND))
    ordered = np.sort(log_odds)
    cuts = [int(ordered[len(ordered) * place // bands]) for place in range(1, bands)]
    outside = int(len(ordered) * OUTERMOST)
    low, high = int(ordered[outside]), int(ordered[-1 - outside])
    edges = sorted({low, *cuts, high})
    return edges if len(edges) > 1 else [low, low + 1]


class BetaCurve:
    """The curve: from log-odds to likelihoods."""

    def __init__(self, a: float, b: float, c: float) -> None:
        """Takes its three numbers."""
        self.a, self.b, self.c = a, b, c

    def __call__(self, log_odds: Real) -> Real:
        """Returns likelihoods, from 0 to 1."""
        total = self.a * _log(log_odds) - self.b * _log(-log_odds) + self.c
        return np.asarray(1 / (1 + np.exp(-total)), dtype=np.float64)


def _log(log_odds: Real) -> Real:
    """The logarithm of the probability that log-odds stand for."""
    return np.asarray(-np.logaddexp(0.0, -log_odds), dtype=np.float64)


def beta_curve(log_odds: Real, label: Flags) -> BetaCurve:
    """Fits the curve: a and b from 0 on, so that it never falls."""
    target = label.astype(np.float64)
    columns = np.stack([_log(log_odds), -_log(-log_odds), np.ones(len(label))])

    def cost(found: Real) -> tuple[float, Real]:
        total = found @ columns
        off = found[:2] - 1
        value = float(np.sum(np.logaddexp(0.0, total) - target * total) + PRIOR * np.sum(off**2))
        gradient = columns @ (1 / (1 + np.exp(-total)) - target)
        gradient[:2] += 2 * PRIOR * off
        return value, gradient

    bounds = [(0.0, None), (0.0, None), (None, None)]
    options = {"ftol": 1e-12, "gtol": 1e-6}
    start = np.array([1.0, 1.0, 0.0])
    found = minimize(cost, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options).x
    return BetaCurve(*found.tolist())


def likelihoods(bands: Sequence[Band], log_odds: Whole) -> Real:
    """Returns the likelihood of log-odds in millionths: straight within a band, the nearest end
    outside of all."""
    limits = np.array([one.log_odds_from for one in bands] + [bands[-1].log_odds_until])
    ends = np.array([one.probability_from for one in bands] + [bands[-1].probability_until])
    return np.asarray(np.interp(log_odds, limits, ends / NANO), dtype=np.float64)
