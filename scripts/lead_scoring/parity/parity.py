"""Sets a CRM's scores beside the published ones, and returns all that is to be said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from lead_scoring.databases import Row, open_database
from lead_scoring.parity.crm_file import CrmFile, read_crm_file
from lead_scoring.parity.ranks import (
    Agreement,
    Standing,
    agreement,
    most_different,
    set_beside,
    stages_by_band,
)
from lead_scoring.parity.screen import Finding, screen
from lead_scoring.parity.traits import traits
from lead_scoring.places import work_file


class Part(str, Enum):
    """Which of our scores the CRM's is set beside."""

    total = "total"
    fit = "fit"
    engagement = "engagement"


@dataclass(frozen=True)
class Parity:
    """Two numbers of the same leads. bands: band of theirs -> stage of ours -> leads."""

    part: Part
    file: CrmFile
    standing: Standing
    agreement: Agreement
    bands: Mapping[str, Mapping[str, int]]
    higher: Sequence[Row]  # the leads that stand highest with them, beside where they stand here
    lower: Sequence[Row]
    findings: Sequence[Finding]
    traits: int  # that were looked at


def compare(
    database: Path,
    file: Path,
    part: Part = Part.total,
    id_column: str | None = None,
    score_column: str | None = None,
) -> Parity:
    """Returns how the scores of a CRM's export stand beside those that are published.

    Nothing is written. Raises InputError where the file cannot be read, DatabaseError where there
    are no scores.
    """
    with open_database(work_file(database)) as connection:
        crm_file = read_crm_file(connection, file, id_column, score_column)
        standing = set_beside(connection, part.value)
        looked_at = list(traits(connection))
        return Parity(
            part,
            crm_file,
            standing,
            agreement(connection),
            stages_by_band(connection, crm_file.is_graded),
            most_different(connection, is_higher=True),
            most_different(connection, is_higher=False),
            screen(connection, looked_at),
            len(looked_at),
        )
