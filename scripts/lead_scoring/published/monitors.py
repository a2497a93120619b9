"""Whether so many leads move to other stages, or are gone, that someone should look first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lead_scoring.databases import Queries, rows

_STAGES = (
    "select coalesce(stage, 'no stage') as stage, count(*) as leads from lead_scores group by stage"
)
# Of many leads a share is looked at, the same on every engine and in every run.
_LOOKED_AT = 10_000
_LEADS = "select distinct lead_id from lead_scores where substr(md5(lead_id), 1, 6) < ?"
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


def gone(published: Queries, built: Queries) -> tuple[int, int] | None:
    """Returns how many published leads have no score any more, and of how many: of 10,000 at most.

    None where it is not more than half, or fewer than 10.
    """
    (count,) = published.execute("select count(*) from lead_scores").fetchone()
    share = min(1.0, _LOOKED_AT / max(count, 1))
    below = f"{int(share * 16**6):06x}" if share < 1 else "g"
    before, after = (
        {lead_id for (lead_id,) in connection.execute(_LEADS, [below]).fetchall()}
        for connection in (published, built)
    )
    lost = len(before - after)
    return (lost, len(before)) if lost >= 10 and 2 * lost > len(before) else None


def held_back(
    published: Queries, built: Queries, limits: Limits, before: datetime | None, place: str
) -> str | None:
    """Returns why a run should not be published before someone has looked; None: it may be.

    Of two connections the first sees what is published, the second what has been built. before: the
    instant of the run that is published. place: where the new run can be looked at.
    """
    if lost := gone(published, built):
        return (
            f"Held back: of {lost[1]:,} leads that are published {lost[0]:,} have no score in this"
            " run: they are not in its input, or not yet at its instant. Give another input (is the"
            " demo published?) or a look into the past a file or schema of its own: else what is on"
            " record of these leads stays, and their hand-offs are sent. If they are to go, run"
            " again with --publish-anyway. Readers see what they saw."
        )
    moved = moves(published, built, limits)
    return _of_moves(moved, limits, before, place) if moved else None


def _of_moves(moved: Sequence[Move], limits: Limits, before: datetime | None, place: str) -> str:
    return (
        f"Held back: {'; '.join(map(str, moved))}. That is more than {limits.percent:g} % of a"
        f" stage since the last published run (as of {before} UTC), and no rule has changed."
        f" Readers see that run still. Look at the input, or at {place}; if it is right, run again"
        " with --publish-anyway."
    )
