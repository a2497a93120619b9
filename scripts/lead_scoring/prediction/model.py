"""A fitted likelihood as its rows say it: bins with decimals, and the bands of its calibration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from lead_scoring.prediction.additive import fit_additive
from lead_scoring.prediction.bins import Binned, Condition, bin_columns
from lead_scoring.prediction.calibration import MICRO, Band, calibrate, likelihoods
from lead_scoring.prediction.columns import Column
from lead_scoring.prediction.features import Feature
from lead_scoring.prediction.order import Order, rows_per_news
from lead_scoring.suggest.sample import Flags, Real, Whole

ALIKE = 0.05  # log-odds: neighbouring bins that differ by less are one
ALIKE_TEXTS = 0.1  # texts have no neighbours, and a few groups can be read


@dataclass(frozen=True)
class Bin:
    """A bin: its condition, its log-odds in millionths, the moments of training in it."""

    condition: Condition
    log_odds: int
    rows: int


@dataclass(frozen=True)
class Part:
    """A feature of the model. places: the bin of every row; one behind the last: none holds."""

    feature: Feature
    bins: tuple[Bin, ...]
    places: Whole = field(repr=False)
    strength: float = 0.0

    def log_odds(self) -> Whole:
        """What it adds to the log-odds of every row, in millionths."""
        return np.array([*(one.log_odds for one in self.bins), 0], dtype=np.int64)[self.places]


@dataclass(frozen=True)
class Model:
    """An additive model. intercept: in millionths. fitted, calibrated: rows of each."""

    intercept: int
    parts: tuple[Part, ...]
    bands: tuple[Band, ...]
    fitted: Flags = field(repr=False)
    calibrated: Flags = field(repr=False)

    def log_odds(self) -> Whole:
        """The log-odds of every row, in millionths: the intercept and one part per feature."""
        return log_odds_of(self.intercept, self.parts, len(self.fitted))

    def likelihoods(self) -> Real:
        """The likelihood of every row."""
        return likelihoods(self.bands, self.log_odds())


def log_odds_of(intercept: int, parts: Sequence[Part], rows: int) -> Whole:
    """The sum of the parts of every row, in millionths."""
    total = np.full(rows, intercept, dtype=np.int64)
    for part in parts:
        total += part.log_odds()
    return total


def fit_model(
    columns: Sequence[Column], label: Flags, days: Real, order: Order, rows: Flags
) -> Model:
    """Fits to the older of `rows`, and calibrates on the later ones.

    days: until each row had the outcome. order: of the rows in time.
    """
    fitted, calibrated = order.parts(rows, label)
    share = rows_per_news(label[fitted], order.leads[fitted])
    binned = bin_columns(columns, label, fitted, share)
    found = fit_additive(binned, label, fitted, share)
    parts = tuple(
        _part(one, values, strength, rows)
        for one, values, strength in zip(
            found.features, found.log_odds, found.strengths, strict=True
        )
    )
    parts = tuple(sorted((one for one in parts if len(one.bins) > 1), key=_strongest_first))
    intercept = round(found.intercept * MICRO)
    total = log_odds_of(intercept, parts, len(label))
    bands = calibrate(total[calibrated], label[calibrated], days[calibrated])
    return Model(intercept, parts, bands, fitted, calibrated)


def _strongest_first(part: Part) -> tuple[float, str]:
    return -part.strength, part.feature.name


def _part(column: Binned, log_odds: Real, strength: float, rows: Flags) -> Part:
    """Joins bins that are alike, and rounds what is left."""
    counts = np.bincount(column.places[rows], minlength=len(column.conditions) + 1)[:-1]
    groups = _ordered_groups(column, log_odds, counts)
    groups += _groups_of_texts(column, log_odds, counts)
    groups += [[place] for place in range(len(column.conditions)) if _stands_alone(column, place)]
    bins: list[Bin] = []
    new_places = np.zeros(len(column.conditions) + 1, dtype=np.int64)
    for group in groups:
        new_places[group] = len(bins)
        size = int(counts[group].sum())
        mean = float(np.average(log_odds[group], weights=counts[group] if size else None))
        bins.append(Bin(_condition(column, group), round(mean * MICRO), size))
    new_places[-1] = len(bins)
    return Part(column.feature, tuple(bins), new_places[column.places], strength)


def _stands_alone(column: Binned, place: int) -> bool:
    return place >= column.steps and column.conditions[place].operator == "is_empty"


def _ordered_groups(column: Binned, log_odds: Real, counts: Whole) -> list[list[int]]:
    """Neighbours of which each is like the first of its group."""
    groups: list[list[int]] = []
    for place in range(column.steps):
        if groups and abs(log_odds[place] - log_odds[groups[-1][0]]) < ALIKE:
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _groups_of_texts(column: Binned, log_odds: Real, counts: Whole) -> list[list[int]]:
    """Texts that are alike; those like the rest are of the rest, which comes last."""
    texts = [
        place
        for place in range(column.steps, len(column.conditions))
        if column.conditions[place].operator == "equals"
    ]
    rest = [
        place
        for place in range(column.steps, len(column.conditions))
        if column.conditions[place].operator == "is_not_empty"
    ]
    if rest and counts[rest[0]]:
        near = [one for one in texts if abs(log_odds[one] - log_odds[rest[0]]) < ALIKE_TEXTS]
        texts = [one for one in texts if one not in near]
        rest = [*near, *rest]
    groups: list[list[int]] = []
    for place in sorted(texts, key=lambda one: (log_odds[one], one)):
        first = log_odds[groups[-1][0]] if groups and column.is_listed else -np.inf
        if log_odds[place] - first < ALIKE_TEXTS:
            groups[-1].append(place)
        else:
            groups.append([place])
    return [*groups[::-1], *([rest] if rest else [])]


def _condition(column: Binned, group: list[int]) -> Condition:
    last = column.conditions[group[-1]]
    if last.operator != "equals" or len(group) == 1:
        return last  # of numbers the highest limit; of the rest it is not empty
    values = sorted(column.conditions[place].values[0] for place in group)
    return Condition("in", tuple(values))
