"""Looks for what the CRM's number contains and ours does not.

Leads with the same score of ours are compared: those with a trait (an event of a type, a value of
an attribute, a reason of ours), and those without it. Where the former stand clearly higher in the
CRM's order, its number gives more for the trait than ours does, or for something that goes along
with it. What tells most is found first; then only leads that are alike in it, too, are compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt

from lead_scoring.parity.ranks import APART
from lead_scoring.parity.traits import FEWEST, Flags, Kind, Trait

FEWEST_LEADS = 100  # in both, for anything to be looked for
WIDTH = 5.0  # of the order, in percent: leads within it have the same score of ours
LEAST_EFFECT = 5.0  # percent of the order
LEAST_SURENESS = (
    4.5  # standard errors: of a thousand traits without effect one in a hundred looks so
)
MOST_FINDINGS = 6
Real = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Finding:
    """A trait by which the CRM's order differs from ours.

    effect: by how many percent of the order leads with it stand higher in the CRM than leads of
    the same score of ours without it (below 0: lower). higher, alike, lower: of the leads with it,
    how many stand so in the CRM's order beside ours; others_higher, others_lower: of the others.
    """

    kind: Kind
    name: str
    is_named: bool
    effect: float
    leads: int
    higher: int
    alike: int
    lower: int
    others: int
    others_higher: int
    others_lower: int


def screen(connection: duckdb.DuckDBPyConnection, traits: Sequence[Trait]) -> list[Finding]:
    """Returns what tells the two orders of the table compared apart, what tells most first.

    traits: what its leads have. Nothing is found among fewer than FEWEST_LEADS.
    """
    places = connection.execute(
        "select our_place, their_place from compared order by place"
    ).fetchnumpy()
    ours, theirs = (
        np.asarray(places[name], dtype=np.float64) for name in ("our_place", "their_place")
    )
    if len(ours) < FEWEST_LEADS:
        return []
    gap = theirs - ours
    alike = (ours // WIDTH).astype(np.int64)
    found: list[Finding] = []
    while len(found) < MOST_FINDINGS:
        best: tuple[float, float, Trait] | None = None
        rest = gap - _mean(alike, gap)
        for trait in traits:
            effect, told = _effect(alike, rest, trait.has)
            if told > 0 and (best is None or told > best[0]):
                best = told, effect, trait
        if best is None:
            break
        _, effect, trait = best
        found.append(_finding(trait, effect, gap))
        alike = np.unique(2 * alike + trait.has, return_inverse=True)[1].ravel().astype(np.int64)
    return found


def _effect(alike: Whole, rest: Real, has: Flags) -> tuple[float, float]:
    """Returns the effect of a trait among leads that are alike, and how much of the rest it tells.

    rest: the gap of each lead less the mean of those alike. What is told is 0 where the trait is
    too rare among them, or its effect too small or too unsure.
    """
    share = _mean(alike, has.astype(np.float64))
    compared = (share > 0) & (share < 1)
    if min(np.sum(compared & has), np.sum(compared & ~has)) < FEWEST:
        return 0.0, 0.0
    own = has - share
    weight = float(np.sum(own**2))
    effect = float(np.sum(own * rest)) / weight
    left = rest - effect * own
    # The larger of two errors: as if all leads were equally unsure, and as each of them is.
    even = float(np.sqrt(np.sum(left[compared] ** 2) / (np.sum(compared) - 1) / weight))
    error = max(even, float(np.sqrt(np.sum((own * left) ** 2))) / weight)
    if abs(effect) < LEAST_EFFECT or abs(effect) < LEAST_SURENESS * error:
        return effect, 0.0
    return effect, effect**2 * weight


def _mean(groups: Whole, values: Real) -> Real:
    sums, counts = np.bincount(groups, weights=values), np.bincount(groups)
    means: Real = (sums / np.maximum(counts, 1))[groups]
    return means


def _finding(trait: Trait, effect: float, gap: Real) -> Finding:
    higher, lower = gap >= APART, gap <= -APART

    def count(flags: Flags) -> int:
        return int(np.sum(flags))

    return Finding(
        trait.kind, trait.name, trait.is_named, effect, count(trait.has),
        count(trait.has & higher), count(trait.has & ~higher & ~lower), count(trait.has & lower),
        count(~trait.has), count(~trait.has & higher), count(~trait.has & lower),
    )  # fmt: skip
