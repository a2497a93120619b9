"""Keeps what was measured, so that parts may be measured in sessions of their own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median


@dataclass(frozen=True)
class Cell:
    """One thing that is measured: a way, on so many events, by so many engagement rules."""

    way: str  # floor, case_when, pandas, project, command, same_day, next_day, history
    events: int
    rules: int


@dataclass(frozen=True)
class Sample:
    """One measurement of a cell."""

    cell: Cell
    round: int
    memory: int  # bytes: the greatest of the process
    seconds: Mapping[str, float]  # "all", or the groups of a run of the project
    models: Mapping[str, float] = field(default_factory=dict)  # seconds of each model
    rows: Mapping[str, int] = field(default_factory=dict)  # of each public table


@dataclass
class Results:
    """All samples, and the comparisons of totals: way -> leads, differing leads, difference."""

    samples: list[Sample] = field(default_factory=list)
    agreement: dict[str, tuple[int, int, float]] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)  # machine and versions

    def replace(self, sample: Sample) -> None:
        """Adds a sample; what an earlier session measured of that cell and round is dropped."""
        self.samples = [
            other
            for other in self.samples
            if (other.cell, other.round) != (sample.cell, sample.round)
        ]
        self.samples.append(sample)

    def of(self, cell: Cell) -> list[Sample]:
        """Returns the samples of a cell by round."""
        return sorted(
            (sample for sample in self.samples if sample.cell == cell),
            key=lambda sample: sample.round,
        )

    def seconds(self, cell: Cell, part: str = "all") -> float | None:
        """Returns the median seconds of a cell, or of one part of it; None: not measured."""
        return _median(sample.seconds[part] for sample in self.of(cell))

    def memory(self, cell: Cell) -> int | None:
        """Returns the greatest memory of any round in bytes; None: not measured."""
        return max((sample.memory for sample in self.of(cell)), default=None)

    def ratio(self, above: tuple[Cell, str], below: tuple[Cell, str]) -> float | None:
        """Returns the median of the rounds' ratios: both were measured shortly after another."""
        others = {sample.round: sample.seconds[below[1]] for sample in self.of(below[0])}
        return _median(
            sample.seconds[above[1]] / others[sample.round]
            for sample in self.of(above[0])
            if sample.round in others
        )


def read(path: Path) -> Results:
    """Returns the kept results, none where there is no file."""
    if not path.is_file():
        return Results()
    kept = json.loads(path.read_text(encoding="utf-8"))
    samples = [Sample(**{**sample, "cell": Cell(**sample["cell"])}) for sample in kept["samples"]]
    agreement = {way: (row[0], row[1], row[2]) for way, row in kept["agreement"].items()}
    return Results(samples, agreement, kept["facts"])


def write(results: Results, path: Path) -> None:
    """Keeps the results."""
    path.write_text(json.dumps(asdict(results), indent=1) + "\n", encoding="utf-8")


def _median(values: Iterable[float]) -> float | None:
    found = list(values)
    return median(found) if found else None
