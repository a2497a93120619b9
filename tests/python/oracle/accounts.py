"""Accounts over their leads (contract 4, decision 0001.28)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from oracle.results import Account
from oracle.scores import half_up

MANAGER_OR_ABOVE = ("c_level", "vp", "director", "manager")


@dataclass(frozen=True)
class Member:
    """A scored lead of an account; gap in days, seniority and department of the row that holds."""

    lead_id: str
    total_score: int
    status: str
    is_disqualified: bool
    gap: int
    seniority: str | None
    department: str | None


def score_of(totals: Sequence[int]) -> int | None:
    """ "one lead, its total_score; else half up of 0.6 best + 0.4 mean of the others" """
    if not totals:
        return None
    best, *others = sorted(totals, reverse=True)
    if not others:
        return best
    return half_up(Fraction(6, 10) * best + Fraction(4, 10) * Fraction(sum(others), len(others)))


def account_of_members(account: str, members: Sequence[Member], as_of: datetime) -> Account:
    """One account; everything but `leads` is over its open, not disqualified leads."""
    open_leads = [one for one in members if one.status == "open" and not one.is_disqualified]
    best = min(open_leads, key=lambda one: (-one.total_score, one.lead_id), default=None)
    roles = {
        one.department
        for one in open_leads
        if one.department is not None and one.seniority in MANAGER_OR_ABOVE
    }
    return Account(
        account,
        len(members),
        len(open_leads),
        score_of([one.total_score for one in open_leads]),
        best.lead_id if best else None,
        best.total_score if best else None,
        sum(one.gap < 30 for one in open_leads),
        len(roles),
        as_of,
    )
