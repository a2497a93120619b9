"""From rules to reasons for one lead and scorecard (contract 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from zoneinfo import ZoneInfo

from oracle.conditions import Surroundings, all_hold, entries_of
from oracle.counting import Matching, award_of, joined_by, points_left
from oracle.derived import DERIVED
from oracle.history import LeadState
from oracle.rule_types import EngagementRule, FitRule, History, InactivityRule, Rule, Signal
from oracle.tables import Rulebook

SignalRule = FitRule | EngagementRule
ZERO = Decimal(0)


@dataclass(frozen=True)
class Given:
    """Points that a rule or a limit gave; signal is None for inactivity."""

    rule_id: str
    dimension: str
    signal: str | None
    family: str
    points: Decimal


@dataclass
class Points:
    """All that one lead got by one scorecard; `kept` are the engagement rules that count."""

    given: list[Given] = field(default_factory=list)
    kept: list[EngagementRule] = field(default_factory=list)
    disqualified_by: list[str] = field(default_factory=list)

    def of(self, dimension: str) -> Decimal:
        """The sum of a dimension: fit_points or engagement_points."""
        return sum((one.points for one in self.given if one.dimension == dimension), ZERO)

    def of_family(self, dimension: str, family: str) -> Decimal:
        """The points of a family after limits."""
        return sum(
            (one.points for one in self.given
             if one.dimension == dimension and one.family == family),
            ZERO,
        )  # fmt: skip


class Moment:
    """A lead at an instant, as rules see it."""

    def __init__(self, state: LeadState, rulebook: Rulebook, zone: ZoneInfo) -> None:
        """Read the lead's attributes from the row that holds, and from those merged into it."""
        self.state = state
        self.rulebook = rulebook
        today = state.as_of.astimezone(zone).date()
        self.surroundings = Surroundings(today, zone, rulebook.vocabulary.lists, state.row.clock)
        self.texts: dict[str, str | None] = {}
        for name, attribute in rulebook.lead_attributes.items():
            hidden = state.version.hides(attribute)
            own = None if hidden else self._text(name)
            self.texts[name] = state.by_merge.get(name, own)

    def _text(self, name: str) -> str | None:
        if name == "active_colleagues":
            count = self.state.active_colleagues
            return None if count is None else str(count)
        if name in DERIVED:
            return DERIVED[name](self.state.row, self.rulebook.vocabulary)
        return self.state.row.get(name)

    def is_known(self, attribute: str) -> bool:
        """The attribute is not missing."""
        kind = self.rulebook.lead_attributes[attribute].type
        seen = self.surroundings
        return bool(entries_of(kind, self.texts[attribute], seen.zone, seen.clock))

    def lead_conditions_hold(self, rule: Rule) -> bool:
        """The conditions about the lead and its history."""
        kinds = {name: one.type for name, one in self.rulebook.lead_attributes.items()}
        return all_hold(rule.of_lead, kinds, self.texts, self.surroundings) and all(
            self._history_holds(history) for history in rule.of_history
        )

    def _history_holds(self, history: History) -> bool:
        """ "the number of counting events of `event_type` in the last `within_days` compares
        with `value` by equals, gte or lte" """
        count = sum(
            event.event_type in history.event_types
            and (history.within_days is None or event.age < history.within_days)
            for event in self.state.events
        )
        return {
            "equals": count == history.value,
            "gte": count >= history.value,
            "lte": count <= history.value,
        }[history.operator]

    def matching_events(self, rule: EngagementRule) -> list[Matching]:
        """The counting events that match the rule; `within_days` and decay left aside."""
        kinds = {name: one.type for name, one in self.rulebook.event_attributes.items()}
        return [
            Matching(event.age, joined_by(rule.per, event.row, event.age))
            for event in self.state.events
            if event.event_type in rule.event_types
            and all_hold(
                rule.of_event,
                kinds,
                {name: event.row.attribute(name) for name in kinds},
                self.surroundings,
            )
        ]


def penalty_of(rule: InactivityRule, gap: int) -> Decimal:
    """ "Where g >= after_days: points x min(max_times, 1 + floor((g - after_days)/every_days))" """
    assert rule.points is not None
    if gap < rule.after_days:
        return ZERO
    times = 1 if rule.every_days is None else 1 + (gap - rule.after_days) // rule.every_days
    return rule.points * (times if rule.max_times is None else min(times, rule.max_times))


def limit_of(signal: Signal, total: Decimal) -> Decimal:
    """What clamping the sum to [min_points, max_points] takes or gives."""
    clamped = total
    if signal.max_points is not None:
        clamped = min(clamped, signal.max_points)
    if signal.min_points is not None:
        clamped = max(clamped, signal.min_points)
    return clamped - total


def points_of(
    moment: Moment,
    fit_rules: Sequence[FitRule],
    engagement_rules: Sequence[EngagementRule],
    inactivity_rules: Sequence[InactivityRule],
) -> Points:
    """Reasons of one lead, by the effective rules of one scorecard."""
    points = Points()
    applying: defaultdict[str, list[tuple[SignalRule, Decimal]]] = defaultdict(list)
    for fit in fit_rules:
        if moment.lead_conditions_hold(fit):
            assert fit.points is not None
            applying[fit.signal].append((fit, fit.points))
            if fit.disqualifies:
                points.disqualified_by.append(fit.rule_id)
    for engagement in engagement_rules:
        if moment.lead_conditions_hold(engagement):
            events = moment.matching_events(engagement)
            if award_of(engagement, events, moment.state.gap) is not None:
                worth = points_left(engagement, events, moment.state.gap, 0)
                applying[engagement.signal].append((engagement, worth))

    for name, rules in applying.items():
        signal = moment.rulebook.signals[name]
        by_priority = sorted(rules, key=lambda one: (one[0].priority, one[0].rule_id))
        counted = by_priority[:1] if signal.matching == "first" else by_priority
        for rule, worth in counted:
            points.given.append(Given(rule.rule_id, signal.dimension, name, signal.family, worth))
            if isinstance(rule, EngagementRule):
                points.kept.append(rule)
        limit = limit_of(signal, sum((worth for _, worth in counted), ZERO))
        points.given.append(Given(f"{name}:limit", signal.dimension, name, signal.family, limit))

    for inactivity in inactivity_rules:
        if moment.lead_conditions_hold(inactivity):
            penalty = penalty_of(inactivity, moment.state.gap)
            points.given.append(
                Given(inactivity.rule_id, "engagement", None, "inactivity", penalty)
            )
    points.given = [one for one in points.given if one.points != 0]
    return points
