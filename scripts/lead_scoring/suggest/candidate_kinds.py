"""What points may be given for, of three kinds: values, numbers and days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from lead_scoring.suggest.card import Source
from lead_scoring.suggest.sample import Flags, Real, Whole


@dataclass(frozen=True)
class Values:
    """Texts of a lead, or of its events of a type: none, one or several per row.

    has_value: value -> which rows have it. is_present: which rows have any value, or any event.
    """

    source: Source
    has_value: Mapping[str, Flags] = field(repr=False)
    is_present: Flags = field(repr=False)


@dataclass(frozen=True)
class Numbers:
    """A number of a lead, the largest of its events, or how many events there are (NaN: none)."""

    source: Source
    numbers: Real = field(repr=False)
    is_present: Flags = field(repr=False)
    is_count: bool = False

    @property
    def distinct(self) -> Real:
        """The numbers that occur, in their order; NaN, where there is any, comes last."""
        return self._distinct_and_places[0]

    @property
    def places(self) -> Whole:
        """Of every row the place of its number among the distinct ones."""
        return self._distinct_and_places[1]

    @cached_property
    def _distinct_and_places(self) -> tuple[Real, Whole]:
        distinct, places = np.unique(self.numbers, return_inverse=True)
        return distinct, places.ravel()


@dataclass(frozen=True)
class Days:
    """Days with an event of a type: one entry per row and day."""

    source: Source
    rows: Whole = field(repr=False)
    ages: Whole = field(repr=False)


Candidate = Values | Numbers | Days
