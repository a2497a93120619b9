"""What sales does with the leads of the demo: outcomes, merges, erasures, later versions.

Times are whole seconds from the as-of instant: negative ones lie before it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lead_scoring.demo import words
from lead_scoring.demo.people import (
    BROWSER,
    BUYER,
    COMPETITOR,
    DAY,
    INTERESTED,
    STUDENT,
    Flags,
    People,
    Whole,
)

OUTCOMES = ["contacted", "accepted", "rejected", "qualified", "opportunity", "won", "lost",
            "disqualified", "reopened"]  # fmt: skip
REASONS = [*words.LOST_REASONS, *words.REJECTED_REASONS, "competitor"]
NO_TIME = np.int64(10**12)


@dataclass(frozen=True)
class Outcomes:
    """Outcomes, one entry each; `lead` counts from 0, `outcome` and `reason` are codes."""

    lead: Whole
    outcome: Whole
    occurred: Whole
    # US dollars; -1: none.
    amount: Whole
    # -1: none.
    reason: Whole


@dataclass(frozen=True)
class Merges:
    """Merges, one entry each. Leads count from 0; those past the last lead are in no table."""

    lead: Whole
    survivor: Whole
    merged: Whole


def contact_times(rng: np.random.Generator, people: People) -> Whole:
    """Returns when sales first speaks to each lead; NO_TIME: not yet."""
    count = len(people.kind)
    in_burst = people.decides - (DAY * people.burst_days * 0.4).astype(np.int64)
    any_time = people.created + (rng.random(count) * (people.ends - people.created)).astype(
        np.int64
    )
    time = np.where(people.kind == BUYER, in_burst, any_time)
    time = np.maximum(time, people.created + 3600)
    # Sales work off what a daily run hands over, at the clock time of the as-of instant: some
    # within the hour, some not on that day.
    delay = (3600 * rng.lognormal(0.0, 1.5, count)).astype(np.int64)
    time = -(-time // DAY) * DAY + delay
    result: Whole = np.where(people.contacted & (time < -300), time, NO_TIME)
    return result


def make_outcomes(rng: np.random.Generator, people: People, contacted: Whole) -> Outcomes:
    """Returns what sales recorded up to the as-of instant, in the order of time."""
    count = len(people.kind)
    parts: list[tuple[Whole, int, Whole, Whole, Whole]] = []
    first_lost, first_rejected = 0, len(words.LOST_REASONS)

    def add(outcome: str, happens: Flags, occurred: Whole, reasons: Whole, amounts: Whole) -> None:
        lead = np.flatnonzero(happens & (occurred < -60))
        parts.append((lead, OUTCOMES.index(outcome), occurred[lead], reasons[lead], amounts[lead]))

    none = np.full(count, -1, dtype=np.int64)
    lost_reasons = first_lost + rng.integers(0, len(words.LOST_REASONS), count)
    rejected_reasons = first_rejected + rng.integers(0, len(words.REJECTED_REASONS), count)
    median = np.array([4_000, 22_000, 90_000])[people.size]
    amounts = (np.rint(median * rng.lognormal(0, 0.5, count) / 100) * 100).astype(np.int64)

    is_contacted = contacted < NO_TIME
    is_buyer = people.kind == BUYER
    accept_share = np.where(is_buyer, 0.92, np.where(people.kind == INTERESTED, 0.45, 0.1))
    accepts = is_contacted & (rng.random(count) < accept_share)
    qualifies = accepts & (rng.random(count) < np.where(is_buyer, 0.9, 0.35))
    has_chance = qualifies & (rng.random(count) < np.where(is_buyer, 0.9, 0.4))
    is_rival = is_contacted & ~accepts & (people.kind == COMPETITOR)
    add("contacted", is_contacted, contacted, none, none)
    add("accepted", accepts, contacted + 3600, none, none)
    add("rejected", is_contacted & ~accepts & ~is_rival, contacted + DAY, rejected_reasons, none)
    rival_reasons = np.full(count, REASONS.index("competitor"), dtype=np.int64)
    add("disqualified", is_rival, contacted + DAY, rival_reasons, none)
    add("qualified", qualifies, contacted + 3 * DAY, none, none)
    add("opportunity", has_chance, contacted + 5 * DAY, none, amounts)
    closes = np.where(
        is_buyer,
        people.decides + (DAY * people.burst_days * rng.uniform(0.1, 0.6, count)).astype(np.int64),
        contacted + 40 * DAY,
    )
    closes = np.maximum(closes, contacted + 6 * DAY)
    wins = has_chance & people.wins & (is_buyer | (rng.random(count) < 0.15))
    add("won", wins, closes, none, amounts)
    loses = has_chance & ~wins
    add("lost", loses, closes, lost_reasons, none)
    add("reopened", loses & (rng.random(count) < 0.06), closes + 60 * DAY, none, none)
    lead = np.concatenate([part[0] for part in parts])
    outcome = np.concatenate([np.full(len(part[0]), part[1], dtype=np.int64) for part in parts])
    occurred, reason, amount = (
        np.concatenate([part[number] for part in parts]) for number in (2, 3, 4)
    )
    order = np.lexsort((outcome, lead, occurred))
    return Outcomes(lead[order], outcome[order], occurred[order], amount[order], reason[order])


def make_merges(rng: np.random.Generator, people: People) -> Merges:
    """Returns merges of leads that are one person: usual ones, a chain, and leads that the CRM
    removed. The merged leads take the survivor's name and company, as doubles do."""
    count = len(people.kind)
    usual = np.isin(people.kind, [BUYER, INTERESTED, BROWSER])
    pairs = max(3, count // 100)
    chosen = rng.permutation(np.flatnonzero(usual))[: 2 * pairs].reshape(2, -1)
    merged_lead, survivor = chosen[0], chosen[1]
    # A chain: the survivor of the first merge is merged in its turn.
    merged_lead[1] = survivor[0]
    absent = np.arange(count, count + 2)
    lead = np.concatenate([merged_lead, absent])
    into = np.concatenate([survivor, survivor[-2:]])
    for values in (people.first_name, people.last_name, people.company, people.size):
        values[merged_lead] = values[survivor]
        values[merged_lead[0]] = values[survivor[0]] = values[survivor[1]]
    latest = np.minimum(people.created[survivor], people.created[merged_lead])
    merged = (np.append(latest, latest[-2:]) * rng.random(len(lead)) * 0.5).astype(np.int64) - 60
    return Merges(lead, into, merged)


def erased_leads(rng: np.random.Generator, people: People, merges: Merges) -> Whole:
    """Returns leads that asked to be forgotten. None has part in a merge."""
    free = np.setdiff1d(np.arange(len(people.kind)), np.concatenate([merges.lead, merges.survivor]))
    ordinary = free[np.isin(people.kind[free], [INTERESTED, BROWSER, STUDENT])]
    chosen: Whole = np.sort(rng.permutation(ordinary)[: max(2, len(people.kind) // 1000)])
    return chosen
