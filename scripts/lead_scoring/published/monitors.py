"""Whether a run moves so many leads to other stages that someone should look at it first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lead_scoring.tables import Queries, rows

_STAGES = (
    "select coalesce(stage, 'no stage') as stage, count(*) as leads from lead_scores group by stage"
)
_RULES = "select max(rules_fingerprint) as fingerprint from lead_scores"


@dataclass(frozen=True)
class Limits:
    """How much a stage may move from one published run to the next.

    percent: of the leads that were in it. leads: fewer than so many never count as a move.
    """

    percent: float = 20
    leads: int = 100


@dataclass(frozen=True)
class Move:
    """A stage whose number of leads changed by more than the limits allow."""

    stage: str
    before: int
    after: int

    def __str__(self) -> str:
        share = f"{100 * (self.after - self.before) / self.before:+.0f} %" if self.before else "new"
        return f"{self.stage} {self.before:,} -> {self.after:,} leads ({share})"


def moves(published: Queries, built: Queries, limits: Limits) -> list[Move]:
    """Returns the stages that move beyond the limits; none where the rules have changed.

    Of two connections the first sees what is published, the second what has been built.
    """
    counts = []
    fingerprints = []
    for connection in (published, built):
        counts.append({row["stage"]: row["leads"] for row in rows(connection, _STAGES)})
        fingerprints.append(rows(connection, _RULES)[0]["fingerprint"])
    before, after = counts
    if fingerprints[0] != fingerprints[1] and None not in fingerprints:
        return []
    found = [
        Move(stage, before.get(stage, 0), after.get(stage, 0)) for stage in sorted(before | after)
    ]
    return [
        move
        for move in found
        if abs(move.after - move.before) >= limits.leads
        and abs(move.after - move.before) > limits.percent / 100 * move.before
    ]


def held_back(moved: Sequence[Move], limits: Limits, before: datetime | None, place: str) -> str:
    """Returns what is said of a run that moves too much.

    before: the instant of the run that is published. place: where the new run can be looked at.
    """
    return (
        f"Held back: {'; '.join(map(str, moved))}. That is more than {limits.percent:g} % of a"
        f" stage since the last published run (as of {before} UTC), and no rule has changed."
        f" Readers see that run still. Look at the input, or at {place}; if it is right, run again"
        " with --publish-anyway."
    )
