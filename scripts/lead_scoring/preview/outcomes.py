"""Compares how well two rule sets foretold who would be won, from what was known before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

import duckdb

from lead_scoring.databases import Row, rows
from lead_scoring.preview.scratch import Instants

# Below this many won leads a difference in AUC is mostly chance.
FEW = 30


@dataclass(frozen=True)
class Conversion:
    """The leads of one grade, and how many of them were won later."""

    leads: int
    won: int

    @property
    def rate(self) -> Fraction | None:
        """Returns the share that was won, None where there are no leads."""
        return Fraction(self.won, self.leads) if self.leads else None


NOBODY = Conversion(0, 0)


@dataclass(frozen=True)
class Outcomes:
    """What became of the leads that were open at an earlier instant.

    The AUC is the chance that of two leads, one won and one not, the one that was won had the
    higher score; equal scores count half. None: nobody was won, or everybody.
    """

    scored_at: datetime
    until: datetime
    leads: int
    won: int
    auc_before: Fraction | None
    auc_after: Fraction | None
    grades: Mapping[str, tuple[Conversion, Conversion]]  # before, after; the best first

    @property
    def auc_change(self) -> Fraction | None:
        """Returns by how much the AUC rises."""
        if self.auc_before is None or self.auc_after is None:
            return None
        return self.auc_after - self.auc_before

    @property
    def are_few(self) -> bool:
        """Whether so few leads were won that the AUC says little."""
        return self.won < FEW


def compare_outcomes(connection: duckdb.DuckDBPyConnection, instants: Instants) -> Outcomes:
    """Compares the scores at the earlier instant with what was won since and is known now.

    Leads that were not open at that instant are left out: which they are does not depend on
    rules. A disqualified lead counts as below every score, for nobody would have called it.
    """
    counts = {
        side: rows(
            connection,
            _SCORED.format(side=side),
            {
                "then": instants.before_outcomes.replace(tzinfo=None),
                "now": instants.now.replace(tzinfo=None),
            },
        )
        for side in ("base", "edited")
    }
    before, after = (_conversions(counts[side]) for side in ("base", "edited"))
    return Outcomes(
        scored_at=instants.before_outcomes,
        until=instants.now,
        leads=sum(row["leads"] for row in counts["base"]),
        won=sum(row["won"] for row in counts["base"]),
        auc_before=_auc_of(counts["base"]),
        auc_after=_auc_of(counts["edited"]),
        grades={
            grade: (before.get(grade, NOBODY), after.get(grade, NOBODY))
            for grade in sorted(before.keys() | after.keys())
        },
    )


def auc(counts: Sequence[tuple[int, int, int]]) -> Fraction | None:
    """Returns the AUC of (score, won leads, other leads); None where one kind is missing."""
    won = sum(count[1] for count in counts)
    others = sum(count[2] for count in counts)
    if not won or not others:
        return None
    below = 0
    twice_the_pairs = 0
    totals: dict[int, list[int]] = {}
    for score, won_here, others_here in counts:
        total = totals.setdefault(score, [0, 0])
        total[0] += won_here
        total[1] += others_here
    for score in sorted(totals):
        won_here, others_here = totals[score]
        twice_the_pairs += won_here * (2 * below + others_here)
        below += others_here
    return Fraction(twice_the_pairs, 2 * won * others)


def _auc_of(counts: Sequence[Row]) -> Fraction | None:
    return auc([(row["score"], row["won"], row["leads"] - row["won"]) for row in counts])


def _conversions(counts: Sequence[Row]) -> dict[str, Conversion]:
    found: dict[str, Conversion] = {}
    for row in counts:
        if row["grade"] is not None:
            so_far = found.get(row["grade"], NOBODY)
            found[row["grade"]] = Conversion(so_far.leads + row["leads"], so_far.won + row["won"])
    return found


_SCORED = """
    with won_leads as (
        select distinct lead_key
        from {side}.stg_lead_scoring__outcomes
        where
            quarantine_cause is null and outcome = 'won'
            and occurred_at > $then and occurred_at <= $now and known_at <= $now
    )

    select
        case when scores.is_disqualified then -1 else scores.total_score end as score,
        scores.fit_grade || scores.engagement_grade as grade,
        count(*) as leads,
        count(won_leads.lead_key) as won
    from {side}_scores as scores
    left join won_leads on scores.lead_key = won_leads.lead_key
    where scores.as_of = $then and scores.status = 'open'
    group by all
"""
