"""Rows of rule tables, typed (contract 3)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from oracle.conditions import Condition
from oracle.decay import Curve


@dataclass(frozen=True)
class Scorecard:
    """A scorecard; priority Infinity is last."""

    scorecard: str
    segment: str | None
    status: str
    priority: Decimal
    fit_points_for_100: Decimal
    engagement_points_for_100: Decimal
    fit_weight: Decimal
    audience: tuple[Condition, ...]


@dataclass(frozen=True)
class Signal:
    """A group of rules with a limit; a bound of None does not bound."""

    signal: str
    dimension: str
    family: str
    matching: str
    min_points: Decimal | None
    max_points: Decimal | None


@dataclass(frozen=True)
class History:
    """How many counting events of any of the types in the last days (None: ever) compare with a
    number."""

    event_types: frozenset[str]
    within_days: int | None
    operator: str
    value: Decimal


@dataclass(frozen=True)
class Rule:
    """What all rules share: owner, points (None: off) and further conditions."""

    rule_id: str
    scorecard: str
    points: Decimal | None
    of_lead: tuple[Condition, ...]
    of_event: tuple[Condition, ...]
    of_history: tuple[History, ...]


@dataclass(frozen=True)
class FitRule(Rule):
    """A fit rule; `of_lead` begins with its own condition, if it has one."""

    signal: str
    priority: Decimal
    disqualifies: bool


@dataclass(frozen=True)
class EngagementRule(Rule):
    """An engagement rule; `of_event` begins with its own condition, if it has one.

    per: day, session, target, or '' where each event is one.
    """

    signal: str
    priority: Decimal
    event_types: frozenset[str]
    award: str
    per: str
    max_per_day: int | None
    min_count: int
    within_days: int | None
    curve: Curve


@dataclass(frozen=True)
class InactivityRule(Rule):
    """A penalty; every_days None: it comes once."""

    after_days: int
    every_days: int | None
    max_times: int | None


@dataclass(frozen=True)
class Threshold:
    """A label of a ladder with its minimums."""

    scorecard: str
    ladder: str
    label: str
    rank: Decimal
    minimums: tuple[Decimal | None, Decimal | None, Decimal | None]


@dataclass(frozen=True)
class BuyingRole:
    """A role in a purchase; weight None: off; members_needed None: it asks for none."""

    role: str
    scorecard: str
    conditions: tuple[Condition, ...]
    priority: Decimal
    members_needed: int | None
    weight: Decimal | None
    is_required: bool
    description: str


@dataclass(frozen=True)
class EventType:
    """What an event of a type says."""

    is_activity: bool
    is_click: bool
    can_be_prompted: bool = False
