"""Why mutants may survive, written down by hand in the folder known_reasons."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from lead_scoring_workshop.mutations.unit_tests import Mutant

FOLDER = Path(__file__).with_name("known_reasons")


@dataclass(frozen=True)
class Reason:
    """Why mutants survive: by what stands in them now, or by the clause that the fault is in."""

    model: str  # blank: any
    part: str  # blank: any
    texts: tuple[str, ...]  # in the mutant, and not in the part without the fault
    clause: str  # a regular expression; blank: none
    is_equivalent: bool  # no input can show it
    why: str

    def fits(self, mutant: Mutant) -> bool:
        """Tells whether it is of this mutant."""
        part = mutant.part
        return (
            self.model in ("", part.model)
            and self.part in ("", part.name)
            and (
                any(text in mutant.text and text not in part.text for text in self.texts)
                or (self.clause != "" and re.search(self.clause, mutant.fault.clause) is not None)
            )
        )


def read_reasons(folder: Path = FOLDER) -> list[Reason]:
    """Returns the reasons of a folder's files."""
    return [
        Reason(
            row.get("model", ""),
            row.get("part", ""),
            tuple(row.get("now", ())),
            row.get("clause", ""),
            row["equivalent"],
            row["why"],
        )
        for file in sorted(folder.glob("*.yml"))
        for row in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]


def reason_of(reasons: Iterable[Reason], same: Iterable[Mutant]) -> Reason | None:
    """Returns the first reason that fits all mutants of a fault."""
    mutants = list(same)
    return next((each for each in reasons if all(map(each.fits, mutants))), None)
