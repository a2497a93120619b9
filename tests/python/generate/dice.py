"""Draws, from hypothesis or from a seed, and what a generated case may contain."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from hypothesis import strategies

Thing = TypeVar("Thing")
SeedRow = dict[str, str]
InputRow = dict[str, "str | None"]


@dataclass(frozen=True)
class Features:
    """What generated cases may contain; relations that hold only without some turn them off."""

    limits: bool = True
    first: bool = True
    once: bool = True
    daily_caps: bool = True
    min_counts: bool = True
    history: bool = True
    activity_clocks: bool = True
    inactivity: bool = True
    negative_points: bool = True
    bots: bool = True
    event_versions: bool = True
    time_conditions: bool = True
    overrides: bool = True
    zones: bool = True
    burst_settings: bool = True
    colleagues: bool = True
    joining: bool = True
    time_forms: bool = True


EVERYTHING = Features()


class Dice(ABC):
    """Draws for one case; what is allowed stands in `features`."""

    def __init__(self, features: Features) -> None:
        """Hold what is allowed."""
        self.features = features

    @abstractmethod
    def number(self, low: int, high: int) -> int:
        """A whole number, both ends in."""

    def pick(self, things: Sequence[Thing]) -> Thing:
        """One of the things."""
        return things[self.number(0, len(things) - 1)]

    def one_in(self, times: int) -> bool:
        """True in about one of so many draws."""
        return self.number(1, times) == (times + 1) // 2

    def some(self, things: Sequence[Thing], low: int, high: int) -> list[Thing]:
        """Between `low` and `high` different things, in any order."""
        count = self.number(low, min(high, len(things)))
        left, taken = list(things), []
        for _ in range(count):
            taken.append(left.pop(self.number(0, len(left) - 1)))
        return taken

    def blank_or(self, text: str, times: int = 2) -> str:
        """The text, or in one of so many draws a blank cell."""
        return "" if self.one_in(times) else text

    def messy(self, text: str) -> str:
        """The text with other case or outer blanks, now and then."""
        if not self.one_in(8):
            return text
        return self.pick((text.upper(), f" {text}", f"{text} ", f"\u00a0{text}\t"))


class SeededDice(Dice):
    """Draws from a seeded random source: many different cases for one run."""

    def __init__(self, source: Random, features: Features = EVERYTHING) -> None:
        """Hold the source."""
        super().__init__(features)
        self._source = source

    def number(self, low: int, high: int) -> int:
        """A whole number, both ends in."""
        return self._source.randint(low, high)


class HypothesisDice(Dice):
    """Draws from hypothesis: one case a time, and failures shrink."""

    def __init__(self, draw: strategies.DrawFn, features: Features = EVERYTHING) -> None:
        """Hold the draw function."""
        super().__init__(features)
        self._draw = draw

    def number(self, low: int, high: int) -> int:
        """A whole number, both ends in."""
        return self._draw(strategies.integers(low, high))
