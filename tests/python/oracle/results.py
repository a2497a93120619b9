"""What the oracle says: one dataclass per public table, with the columns that tests rely on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

FAMILIES = (
    "demographic", "firmographic", "technographic", "email", "content", "intent", "social",
    "product", "spam",
)  # fmt: skip


@dataclass(frozen=True)
class Reason:
    """One rule (or limit) that moved a lead's score; signal is None for inactivity."""

    lead_id: str
    scorecard: str
    rule_id: str
    dimension: str
    signal: str | None
    family: str
    points: Decimal
    as_of: datetime


@dataclass(frozen=True)
class Score:
    """A lead's scores and labels by one scorecard."""

    lead_id: str
    scorecard: str
    scorecard_status: str
    segment: str | None
    is_own_scorecard: bool
    fit_points: Decimal
    engagement_points: Decimal
    fit_unrounded: Decimal
    engagement_unrounded: Decimal
    fit_score: int
    engagement_score: int
    total_score: int
    stage: str | None
    temperature: str | None
    fit_grade: str | None
    engagement_grade: str | None
    grade: str | None
    is_disqualified: bool
    fit_coverage: Decimal | None
    as_of: datetime


@dataclass(frozen=True)
class FamilyPoints:
    """Points by family after limits, by one scorecard; inactivity stands apart."""

    lead_id: str
    scorecard: str
    fit: dict[str, Decimal]
    engagement: dict[str, Decimal]
    inactivity: Decimal
    as_of: datetime


@dataclass(frozen=True)
class LeadScore:
    """A lead by its own scorecard; reasons are rule ids, the strongest first.

    missing: what total, fit and engagement miss of the next stage; None without one. percentile is
    known once all leads are.
    """

    score: Score
    status: str
    reasons_up: tuple[str, ...]
    reasons_down: tuple[str, ...]
    disqualified_because: tuple[str, ...]
    last_activity_at: datetime | None
    account: str | None
    events_in_30_days: int
    next_stage: str | None
    missing: tuple[int, int, int] | None
    evidence: str | None
    percentile: int | None = None


@dataclass(frozen=True)
class Decay:
    """What decay took from one engagement rule, and what it will leave in 7 and in 30 days.

    events: what the rule counts, after joining.
    """

    lead_id: str
    scorecard: str
    rule_id: str
    signal: str
    events: int
    points_before_decay: Decimal
    points_after_decay: Decimal
    points_lost: Decimal
    points_in_7_days: Decimal
    points_in_30_days: Decimal
    as_of: datetime


@dataclass(frozen=True)
class Lever:
    """What one event more, or one attribute that becomes known, would make of a lead."""

    lead_id: str
    scorecard: str
    kind: str
    lever: str
    from_total_score: int
    from_stage: str | None
    to_total_score: int
    to_fit_score: int
    to_engagement_score: int
    to_stage: str | None
    points_gained: Decimal
    place: int
    as_of: datetime


@dataclass(frozen=True)
class Account:
    """An account's score and stage over its open, not disqualified leads."""

    account: str
    leads: int
    open_leads: int
    account_score: int | None
    stage: str | None
    best_lead_id: str | None
    best_score: int | None
    active_leads: int
    buying_roles: int
    scorecard: str | None
    missing_roles: str | None
    completeness_percent: int | None
    has_required_roles: bool | None
    as_of: datetime


@dataclass(frozen=True)
class Likelihood:
    """What one prediction foretells of a lead; parts: log-odds and whether unseen, by feature."""

    lead_id: str
    prediction: str
    fingerprint: str
    log_odds: Decimal
    features_unseen: Decimal
    unknown_because: str | None
    band: int | None
    probability: Decimal | None
    median_days: Decimal | None
    expected_amount: Decimal | None
    parts: dict[str, tuple[Decimal, bool]]
    as_of: datetime


@dataclass(frozen=True)
class Quarantined:
    """An input row that cannot be used."""

    input_table: str
    row_id: str | None
    cause: str


@dataclass
class Result:
    """Everything at one `as_of`. `fates` counts rows by input table and fate, `clocks_ahead` the
    events that occurred after they were loaded."""

    reasons: list[Reason] = field(default_factory=list)
    scores: list[Score] = field(default_factory=list)
    families: list[FamilyPoints] = field(default_factory=list)
    leads: list[LeadScore] = field(default_factory=list)
    decay: list[Decay] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    levers: list[Lever] = field(default_factory=list)
    likelihoods: list[Likelihood] = field(default_factory=list)
    quarantined: list[Quarantined] = field(default_factory=list)
    fates: Counter[tuple[str, str]] = field(default_factory=Counter)
    clocks_ahead: int = 0
