"""Why mutants may survive, written down by hand in reasons.yml."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from lead_scoring.mutations.unit_tests import Mutant

FILE = Path(__file__).with_suffix(".yml")


@dataclass(frozen=True)
class Reason:
    """Why mutants of a model's part survive: those that hold a text which the part does not."""

    model: str
    part: str
    texts: tuple[str, ...]
    is_equivalent: bool  # no input can show it
    why: str

    def fits(self, mutant: Mutant) -> bool:
        """Tells whether it is of this mutant."""
        return (mutant.part.model, mutant.part.name) == (self.model, self.part) and any(
            text in mutant.text and text not in mutant.part.text for text in self.texts
        )


def read_reasons(file: Path = FILE) -> list[Reason]:
    """Returns the reasons of a file."""
    return [
        Reason(row["model"], row["part"], tuple(row["now"]), row["equivalent"], row["why"])
        for row in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]


def reason_of(reasons: Iterable[Reason], same: Iterable[Mutant]) -> Reason | None:
    """Returns the first reason that fits one of the mutants of a fault."""
    mutants = list(same)
    return next((each for each in reasons if any(map(each.fits, mutants))), None)
