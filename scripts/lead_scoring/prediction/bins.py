"""Cuts columns into bins that conditions of rule tables can state: as many as the fit may use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal

import numpy as np

from lead_scoring.prediction.columns import MISSING, Column, NumberColumn, TextColumn
from lead_scoring.prediction.features import Feature
from lead_scoring.rules.rule_set import plain
from lead_scoring.suggest.measures import area
from lead_scoring.suggest.sample import Flags, Real, Whole

MOST_BINS = 16
FEWEST_ROWS = 20  # in a bin, of leads that are asked about once
LEAST_SHARE = 0.005  # of the rows, for a text to stand by itself


@dataclass(frozen=True)
class Condition:
    """The condition of a bin, in the operators of the rule tables."""

    operator: str
    values: tuple[str, ...] = ()

    @property
    def value(self) -> str:
        """What it compares with, as a cell."""
        return "|".join(self.values)


@dataclass(frozen=True)
class Binned:
    """A column in bins. Of the conditions the first that holds counts.

    places: the bin of every row; one behind the last where none holds: no row that was fitted to
    is there. steps: how many of the first bins go up in one order; 0: they have none. direction:
    which way log-odds may go along them: 1 up, -1 down, 0 either.
    """

    feature: Feature
    conditions: tuple[Condition, ...]
    places: Whole = field(repr=False)
    steps: int = 0
    direction: int = 0
    is_listed: bool = True


def bin_columns(
    columns: Sequence[Column], label: Flags, rows: Flags, rows_per_news: float = 1.0
) -> list[Binned]:
    """Returns the columns that have two bins or more. Only `rows` decide where they are cut.

    rows_per_news: so many rows tell as much as one.
    """
    fewest = round(FEWEST_ROWS * rows_per_news)
    found = (
        _numbers(one, label, rows, fewest)
        if isinstance(one, NumberColumn)
        else _texts(one, rows, fewest)
        for one in columns
    )
    return [one for one in found if len(one.conditions) > 1]


def _numbers(column: NumberColumn, label: Flags, rows: Flags, fewest: int) -> Binned:
    numbers = column.numbers
    is_known = ~np.isnan(numbers)
    values, counts = np.unique(numbers[rows & is_known], return_counts=True)
    cuts = _cuts(values, counts, fewest)
    limits = [simplest(values[cut], values[cut + 1]) for cut in cuts]
    conditions = [Condition("lte", (_text(limit),)) for limit in limits]
    if len(values):
        conditions.append(Condition("is_not_empty"))
    steps = len(conditions)
    places = np.searchsorted(np.array([float(one) for one in limits]), numbers, side="left")
    if not is_known[rows].all():
        conditions.append(Condition("is_empty"))
    # Without such rows this is one behind the last: no bin holds.
    places = np.where(is_known, places, steps).astype(np.int64)
    if not len(values):
        places = np.where(is_known, len(conditions), 0)
    direction = 0
    if column.feature.is_count:
        direction = _direction(numbers, label, rows & is_known)
    return Binned(column.feature, tuple(conditions), places, steps, direction)


def _cuts(values: Real, counts: Whole, least: int) -> list[int]:
    """Places of distinct values behind which a bin ends: bins of about equally many rows."""
    in_all = int(counts.sum())
    fewest = max(least, in_all / MOST_BINS)
    found, inside, left = [], 0, in_all
    for place, count in enumerate(counts[:-1].tolist()):
        inside, left = inside + count, left - count
        if inside >= fewest and left >= least:
            found.append(place)
            inside = 0
    return found


def simplest(low: float, high: float) -> Decimal:
    """Returns the number of fewest digits from `low` on, below `high`."""
    least, limit = Decimal(repr(float(low))), Decimal(repr(float(high)))
    for exponent in range(9, -11, -1):
        unit = Decimal(1).scaleb(exponent)
        found = (least / unit).to_integral_value(ROUND_CEILING) * unit
        if found < limit:
            return found
    return least


def _text(number: Decimal) -> str:
    return plain(number).replace(",", "")


def _direction(numbers: Real, label: Flags, rows: Flags) -> int:
    """Which way the outcome goes with a count, by itself."""
    value = area(label[rows], numbers[rows]).value
    return 0 if np.isnan(value) else int(np.sign(value - 0.5))


def _texts(column: TextColumn, rows: Flags, least: int) -> Binned:
    size = len(column.values)
    places = column.places
    counts = np.bincount(places[rows & (places >= 0)], minlength=size + 1)
    fewest = max(least, int(LEAST_SHARE * rows.sum()))
    frequent = [place for place in range(size) if counts[place] >= fewest]
    conditions = [Condition("equals", (column.values[place],)) for place in frequent]
    bins = np.full(size + 1, len(frequent), dtype=np.int64)  # the rest
    bins[frequent] = np.arange(len(frequent))
    has_rest = counts.sum() > counts[frequent].sum()
    has_missing = bool((places[rows] == MISSING).any())
    if has_rest:
        conditions.append(Condition("is_not_empty"))
    if has_missing:
        conditions.append(Condition("is_empty"))
    # Rows of a bin that is not there are one behind the last.
    if not has_rest:
        bins[bins == len(frequent)] = len(conditions)
    missing = len(conditions) - 1 if has_missing else len(conditions)
    found = np.where(places == MISSING, missing, bins[np.maximum(places, 0)])
    return Binned(
        column.feature, tuple(conditions), found.astype(np.int64), is_listed=column.is_listed
    )
