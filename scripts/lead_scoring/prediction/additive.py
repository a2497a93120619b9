"""Fits log-odds to bins: an additive model, found as the one best of a convex sum.

Each bin has a log-odds of its own; the sum of those of a lead's bins is fitted to what came true by
penalised likelihood. What is penalised are steps between neighbouring bins of a number, and the
distance of a text from the average: a bin moves away from its neighbours as far as its leads
prove it. In further rounds a feature that moved little is penalised the more (Zou 2006, the
adaptive lasso, here with squares), so that of several that say the same one stays. There is one
best fit, and no dice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from lead_scoring.prediction.bins import Binned
from lead_scoring.suggest.sample import Flags, Real, Whole

PENALTY = 2.0  # of a squared log-odds: as much as two leads without news weigh
ROUNDS = 3  # in which weak features are penalised the more
FULL_STRENGTH = 0.3  # standard deviation of a feature's log-odds from which on it is not
LEAST_STRENGTH = 0.05  # below it a feature moves nothing, and goes
MOST_STEPS = 300
# By what part the sum must still fall for a further step, while features are chosen and at the end.
WHILE_CHOOSING = 1e-7
AT_THE_END = 1e-10


@dataclass(frozen=True)
class Additive:
    """What was fitted. log_odds: of each feature's bins. strengths: standard deviation of each."""

    features: tuple[Binned, ...]
    intercept: float
    log_odds: tuple[Real, ...]
    strengths: tuple[float, ...]


def fit_additive(
    columns: Sequence[Binned], label: Flags, rows: Flags, rows_per_news: float = 1.0
) -> Additive:
    """Fits to `rows`, which have both answers. Features that move nothing are left out.

    rows_per_news: so many rows tell as much as one would that shares its lead with no other.
    """
    weights = np.ones(len(columns))
    for place in range(ROUNDS + 1):
        is_last = place == ROUNDS
        fitted = _fitted(
            columns,
            label,
            rows,
            PENALTY * rows_per_news * weights,
            AT_THE_END if is_last else WHILE_CHOOSING,
        )
        strengths = np.array(fitted.strengths)
        if is_last:
            break
        stay = strengths >= LEAST_STRENGTH
        columns = [one for one, stays in zip(columns, stay, strict=True) if stays]
        weights = np.maximum(1.0, FULL_STRENGTH / strengths[stay])
    stay = strengths >= LEAST_STRENGTH
    return Additive(
        tuple(one for one, stays in zip(fitted.features, stay, strict=True) if stays),
        fitted.intercept,
        tuple(one for one, stays in zip(fitted.log_odds, stay, strict=True) if stays),
        tuple(strengths[stay].tolist()),
    )


@dataclass(frozen=True)
class _Block:
    """The parameters of one feature: steps along its order, then one per further bin."""

    begin: int
    steps: int
    end: int
    penalty: float

    def log_odds(self, found: Real) -> Real:
        steps = found[self.begin : self.begin + self.steps]
        rest = found[self.begin + self.steps : self.end]
        first = [0.0] if self.steps else []
        return np.concatenate([first, np.cumsum(steps), rest])

    def gradient(self, of_bins: Real) -> Real:
        """From the gradient by log-odds of bins to that by parameters."""
        ordered = self.steps + 1 if self.steps else 0
        after = np.cumsum(of_bins[:ordered][::-1])[::-1]
        return np.concatenate([after[1:], of_bins[ordered:]])

    def weights(self) -> Real:
        """So many steps, so much dearer each: what is penalised is how far all of them go."""
        return self.penalty * np.concatenate(
            [np.full(self.steps, max(1, self.steps)), np.ones(self.end - self.begin - self.steps)]
        )


def _fitted(
    columns: Sequence[Binned], label: Flags, rows: Flags, penalties: Real, least_gain: float
) -> Additive:
    blocks: list[_Block] = []
    bounds: list[tuple[float | None, float | None]] = []
    offsets, begin, offset = [], 0, 0
    for one, penalty in zip(columns, penalties.tolist(), strict=True):
        steps = max(0, one.steps - 1)
        end = begin + len(one.conditions) - (1 if steps else 0)
        blocks.append(_Block(begin, steps, end, penalty))
        way = {1: (0.0, None), -1: (None, 0.0), 0: (None, None)}[one.direction]
        bounds += [way] * steps + [(None, None)] * (end - begin - steps)
        offsets.append(offset)
        begin, offset = end, offset + len(one.conditions)
    places = _places(columns, offsets, rows, offset)
    target = label[rows].astype(np.float64)
    mean = float(target.mean())
    base = float(np.log(mean / (1 - mean)))
    weights = np.concatenate([*(one.weights() for one in blocks), [0.0]])
    width = max(1, len(columns))

    def cost(found: Real) -> tuple[float, Real]:
        of_bins = np.concatenate([*(one.log_odds(found) for one in blocks), [0.0]])
        total = base + found[-1] + of_bins[places].sum(axis=1)
        likelihood = float(np.sum(target * total - np.logaddexp(0.0, total)))
        residuals = 1 / (1 + np.exp(-total)) - target
        sums: Real = np.asarray(
            np.bincount(places.ravel(), np.repeat(residuals, width), offset + 1), dtype=np.float64
        )
        gradient = np.concatenate(
            [
                *(
                    one.gradient(sums[start : start + len(column.conditions)])
                    for one, start, column in zip(blocks, offsets, columns, strict=True)
                ),
                [residuals.sum()],
            ]
        )
        gradient += 2 * weights * found
        return float(np.sum(weights * found**2)) - likelihood, gradient

    start = np.zeros(begin + 1)
    if columns:
        start = minimize(
            cost,
            start,
            jac=True,
            method="L-BFGS-B",
            bounds=[*bounds, (None, None)],
            options={"maxiter": MOST_STEPS, "ftol": least_gain, "gtol": 1e-5},
        ).x
    log_odds, strengths, intercept = [], [], base + float(start[-1])
    for block, column in zip(blocks, columns, strict=True):
        values = block.log_odds(start)
        of_rows = np.append(values, 0.0)[column.places[rows]]
        mean = float(of_rows.mean())
        # Counted from the average lead: what is added or taken away says how it differs.
        log_odds.append(values - mean)
        strengths.append(float(of_rows.std()))
        intercept += mean
    return Additive(tuple(columns), intercept, tuple(log_odds), tuple(strengths))


def _places(columns: Sequence[Binned], offsets: Sequence[int], rows: Flags, none: int) -> Whole:
    """The bin of each row and feature among all bins; `none` where no bin holds."""
    found = np.full((int(rows.sum()), max(1, len(columns))), none, dtype=np.int64)
    for place, (one, offset) in enumerate(zip(columns, offsets, strict=True)):
        inside = one.places[rows]
        found[:, place] = np.where(inside < len(one.conditions), inside + offset, none)
    return found
