"""Accounts over their leads (contract 4, decisions 0001.28, 0008 and 0024)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from oracle.buying_groups import completeness_of, filled_roles, weighted_score
from oracle.results import Account
from oracle.rule_types import BuyingRole, Scorecard, Threshold
from oracle.scores import half_up, label_of
from oracle.settings import Settings


@dataclass(frozen=True)
class Member:
    """A scored lead of an account; gap in days. role_by: the role that it has by a scorecard, None
    without any: asked of few of them."""

    lead_id: str
    total_score: int
    fit_score: int
    engagement_score: int
    status: str
    is_disqualified: bool
    gap: int
    scorecard: Scorecard
    role_by: Callable[[str], str | None]


def score_of(totals: Sequence[int], settings: Settings) -> int | None:
    """By method: champion "one lead, its total_score; else half up of 0.6 best + 0.4 mean of the
    others"; mean; max; sum, up to a limit; roles where nothing weighs, as champion."""
    if not totals:
        return None
    best, *others = sorted(totals, reverse=True)
    if settings.account_method == "max":
        return best
    if settings.account_method == "sum":
        return min(sum(totals), settings.account_sum_limit)
    if settings.account_method == "mean":
        return half_up(Fraction(sum(totals), len(totals)))
    if not others:
        return best
    return half_up(Fraction(6, 10) * best + Fraction(4, 10) * Fraction(sum(others), len(others)))


def account_of_members(
    account: str,
    members: Sequence[Member],
    as_of: datetime,
    thresholds: Sequence[Threshold],
    roles: Mapping[str, Sequence[BuyingRole]],
    settings: Settings,
) -> Account:
    """One account; everything but `leads` is over its open, not disqualified leads.

    thresholds: the effective ones of the catch-all scorecard. roles: the effective ones by
    scorecard.
    """
    open_leads = [one for one in members if one.status == "open" and not one.is_disqualified]
    best = min(open_leads, key=lambda one: (-one.total_score, one.lead_id), default=None)
    scorecard = min(
        (one.scorecard for one in open_leads), key=lambda card: card.priority, default=None
    )
    held_against = roles[scorecard.scorecard] if scorecard else ()
    filled = filled_roles(
        held_against,
        ((one.role_by(scorecard.scorecard), one.total_score) for one in open_leads if scorecard),
    )
    found = sum(bool(one.scores) for one in filled)
    has_required = not any(one.role.is_required and one.lacks for one in filled)
    active = sum(one.gap < settings.active_days for one in open_leads)
    score = score_of([one.total_score for one in open_leads], settings)
    if settings.account_method == "roles" and (weighted := weighted_score(filled)) is not None:
        score = weighted
    stage = None
    if score is not None:
        enough = (
            active >= settings.minimum_active_leads
            and found >= min(settings.minimum_buying_roles, len(filled))
            and has_required
        )
        scores = (
            score,
            max(one.fit_score for one in open_leads),
            max(one.engagement_score for one in open_leads),
        )
        stage = label_of(thresholds, "stage", *(scores if enough else (0, 0, 0)))
    return Account(
        account,
        len(members),
        len(open_leads),
        score,
        stage,
        best.lead_id if best else None,
        best.total_score if best else None,
        active,
        found,
        scorecard.scorecard if scorecard else None,
        "; ".join(one.words for one in filled if one.lacks) or None,
        completeness_of(filled),
        has_required if scorecard else None,
        as_of,
    )
