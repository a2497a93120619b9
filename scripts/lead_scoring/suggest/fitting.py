"""Fits a scorecard: weights of evidence, logistic regression, whole points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
from sklearn.linear_model import LogisticRegression

from lead_scoring.suggest.binning import FEWEST_ROWS, bin_numbers, bin_values, information
from lead_scoring.suggest.candidate_kinds import Candidate, Days, Values
from lead_scoring.suggest.card import UNIT, Bin, Binned, Card, Decayed, Signal, When, points_of
from lead_scoring.suggest.sample import Flags, Real

MOST_POINTS = 30  # of one rule
MOST_SIGNALS = 15
LEAST_INFORMATION = 0.01
HIGH_QUANTILE = 0.95


@dataclass(frozen=True)
class _Column:
    """A signal as the regression sees it: the larger, the likelier the outcome."""

    signal: Signal
    values: Real
    freedom: int  # how many numbers of it were learnt


def fit_card(
    candidates: Sequence[Candidate],
    label: Flags,
    train: Flags,
    half_life: int | None,
    most_signals: int = MOST_SIGNALS,
) -> Card:
    """Returns the card that is fitted to the rows of `train`.

    label, train: of every row. half_life: days, of the signals that fade; None: there are none.
    Every signal has the sign of its own evidence: one that would have to be turned round to help
    is left out.
    """
    columns = [
        column
        for candidate in candidates
        if (column := _column(candidate, label, train, half_life)) is not None
    ]
    chosen, coefficients = _chosen(columns, label, train, most_signals)
    signals = _with_points([columns[place].signal for place in chosen], coefficients)
    return _card(signals, len(label), train)


def _column(
    candidate: Candidate, label: Flags, train: Flags, half_life: int | None
) -> _Column | None:
    if isinstance(candidate, Days):
        return None if half_life is None else _decayed(candidate, label, train, half_life)
    if isinstance(candidate, Values):
        binned = bin_values(candidate, label, train)
    else:
        binned = bin_numbers(candidate, label, train)
    if binned is None or information(binned.bins) < LEAST_INFORMATION:
        return None
    weights = np.array([one.weight for one in binned.bins])
    filled = sum(one.rows > 0 for one in binned.bins)
    return _Column(binned, weights[binned.places], filled - 1)


def _decayed(candidate: Days, label: Flags, train: Flags, half_life: int) -> _Column | None:
    days = np.zeros(len(label))
    np.add.at(days, candidate.rows, 2.0 ** (-candidate.ages / half_life))
    active = train & (days > 0)
    if active.sum() == 0:
        return None
    limit = float(np.quantile(days[active], HIGH_QUANTILE))
    values = np.minimum(days, limit)
    signal = Decayed(
        candidate.source,
        half_life,
        limit,
        len(label),
        candidate.rows,
        candidate.ages,
        mean_with=float(np.mean(days[train & label])),
        mean_without=float(np.mean(days[train & ~label])),
        active_rows=int(active.sum()),
    )
    return _Column(signal, values, 1)


def _chosen(
    columns: Sequence[_Column], label: Flags, train: Flags, most_signals: int
) -> tuple[list[int], Real]:
    """Takes up, one at a time, the signal that tells most beside those that are in already."""
    if not columns:
        return [], np.zeros(0)
    matrix = np.stack([column.values[train] for column in columns])
    squares = matrix * matrix
    target = label[train].astype(np.float64)
    chosen: list[int] = []
    banned: set[int] = set()
    coefficients = np.zeros(0)
    predicted = np.full(len(target), target.mean())
    # A signal must tell more than chance would: the rarer outcome says how much is known.
    price = np.log(min(target.sum(), len(target) - target.sum()))
    while True:
        gains = _gains(matrix, squares, chosen, target, predicted)
        costs = np.array([price + 2 * (one.freedom - 1) for one in columns])
        gains[[*chosen, *banned]] = -np.inf
        best = int(np.argmax(gains - costs))
        if gains[best] <= costs[best]:
            return chosen, coefficients
        trial = [*chosen, best]
        if _signals_in_all([columns[place].signal for place in trial]) > most_signals:
            if len(chosen) >= most_signals:
                return chosen, coefficients
            banned.add(best)
            continue
        model = _regression(matrix, trial, target)
        found = model.coef_[0]
        if np.any(found <= 0):
            # What turns round beside others goes, and does not come back.
            worst = trial[int(np.argmin(found))]
            banned.add(worst)
            if worst == best:
                continue
            trial.remove(worst)
            model = _regression(matrix, trial, target)
            found = model.coef_[0]
            if np.any(found <= 0):
                banned.add(best)
                continue
        chosen, coefficients = trial, found
        predicted = model.predict_proba(matrix[chosen].T)[:, 1]


def _regression(matrix: Real, chosen: list[int], target: Real) -> LogisticRegression:
    """The regression on some of the columns. Newton's steps: there are few columns, many rows."""
    model = LogisticRegression(C=100, max_iter=1000, solver="newton-cholesky", tol=1e-6)
    return model.fit(matrix[chosen].T, target)


def _gains(matrix: Real, squares: Real, chosen: list[int], target: Real, predicted: Real) -> Real:
    """The score statistic of each column that is not in yet: chi-squared if it told nothing.

    Columns that would come in with a negative coefficient gain nothing. Of what is left of a
    column beside those that are in, only sums are formed: the columns themselves are long.
    squares: of the matrix.
    """
    weights = predicted * (1 - predicted)
    residuals = target - predicted
    inside = np.vstack([np.ones(len(target)), matrix[chosen]])
    weighted = inside * weights
    together = matrix @ weighted.T
    projection = np.linalg.lstsq(weighted @ inside.T, together.T, rcond=None)[0]
    slopes = matrix @ residuals - projection.T @ (inside @ residuals)
    variances = squares @ weights - np.einsum("ij,ji->i", together, projection)
    safe = np.where(variances > 1e-9, variances, np.inf)
    return np.where(slopes > 0, slopes**2 / safe, 0.0)


def _signals_in_all(signals: Sequence[Signal]) -> int:
    """How many signals the rule tables will hold: what was not done stands in one of its own."""
    return len(signals) + any(_has_absence(signal) for signal in signals)


def _has_absence(signal: Signal) -> bool:
    if isinstance(signal, Decayed):
        return False
    firm = _firm(signal)
    lowest = min(one.weight for one in firm)
    return any(one.when is When.no_event and one.weight > lowest for one in firm)


def _firm(signal: Binned) -> list[Bin]:
    """The bins with leads enough for points to rest on; all that have any where none has."""
    return [one for one in signal.bins if one.rows >= FEWEST_ROWS] or [
        one for one in signal.bins if one.rows
    ]


def _with_points(signals: Sequence[Signal], coefficients: Real) -> list[Signal]:
    """Turns weights into whole points: the worst bin of each signal has 0, the best rule 30."""
    most = 0.0
    for signal, coefficient in zip(signals, coefficients, strict=True):
        if isinstance(signal, Decayed):
            most = max(most, coefficient)
        else:
            weights = [one.weight for one in _firm(signal)]
            most = max(most, coefficient * (max(weights) - min(weights)))
    found: list[Signal] = []
    for signal, coefficient in zip(signals, coefficients, strict=True):
        scale = MOST_POINTS * float(coefficient) / most
        one: Signal
        if isinstance(signal, Decayed):
            one = _decayed_points(signal, scale)
        else:
            one = _binned_points(signal, scale)
        if one.most_points > 0:
            found.append(one)
    return found


def _decayed_points(signal: Decayed, scale: float) -> Decayed:
    points = round(scale)
    return replace(signal, points_per_day=points, most_points=round(points * signal.limit_days))


def _binned_points(signal: Binned, scale: float) -> Binned:
    firm = _firm(signal)
    lowest = min(one.weight for one in firm)
    bins = [
        # Points rest on leads: a bin that hardly any was in has none.
        replace(one, points=round(scale * (one.weight - lowest)) if one in firm else 0)
        for one in signal.bins
    ]
    return replace(signal, bins=tuple(bins))


def _card(signals: Sequence[Signal], rows: int, train: Flags) -> Card:
    fit, engagement = points_of(signals, rows)
    best_fit = -(-int(fit[train].max()) // UNIT)
    best_engagement = -(-int(engagement[train].max()) // UNIT)
    in_all = best_fit + best_engagement
    weight = (Decimal(best_fit) / max(1, in_all)).quantize(Decimal("0.0001"))
    return Card(tuple(signals), best_fit or 100, best_engagement or 100, weight, rows)
