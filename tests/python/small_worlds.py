"""Worlds of a handful of rows, for what the oracle must say by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from generate.dice import InputRow, SeedRow
from oracle import Oracle, Result, Settings, instant
from oracle.history import LeadState

NOON = "2026-06-30T12:00:00Z"
VISIT, CLICK, LEAVE = "page_view", "email_click", "unsubscribe"


def lead(lead_id: str = "a", created_at: str = "2026-01-01", **cells: str | None) -> InputRow:
    """A lead."""
    return {"lead_id": lead_id, "created_at": created_at, **cells}


def event(
    occurred_at: str, event_type: str = VISIT, lead_id: str = "a", **cells: str | None
) -> InputRow:
    """An event; its id is made of what it says."""
    row: InputRow = {"lead_id": lead_id, "event_type": event_type, "occurred_at": occurred_at}
    row |= cells
    return {"event_id": " ".join(str(cell) for cell in row.values()), **row}


def merge(lead_id: str, into: str) -> InputRow:
    """A merge of one lead into another."""
    return {"lead_id": lead_id, "merged_into_lead_id": into, "merged_at": "2026-06-29"}


def engagement(rule_id: str = "rule", **cells: str) -> SeedRow:
    """An engagement rule of 10 points for every visit."""
    row = {"rule_id": rule_id, "scorecard": "*", "signal": "doing", "event_type": VISIT}
    return {**row, "points": "10", **cells}


def fit(rule_id: str, attribute: str, operator: str, value: str = "") -> SeedRow:
    """A fit rule of one point."""
    return {
        "rule_id": rule_id, "scorecard": "*", "signal": "being", "attribute": attribute,
        "operator": operator, "value": value, "points": "1",
    }  # fmt: skip


def attribute(name: str, kind: str = "text", on_merge: str = "", **cells: str) -> SeedRow:
    """An attribute of leads that is known at creation."""
    row = {"attribute": name, "of": "lead", "type": kind, "known": "at_creation"}
    return {**row, "on_merge": on_merge, **cells}


@dataclass
class Small:
    """Inputs and rules; decay: curves besides `slow`, which takes a hundredth a day."""

    leads: Sequence[InputRow] = field(default_factory=lambda: [lead()])
    events: Sequence[InputRow] = ()
    merges: Sequence[InputRow] = ()
    engagement: Sequence[SeedRow] = ()
    fit: Sequence[SeedRow] = ()
    conditions: Sequence[SeedRow] = ()
    inactivity: Sequence[SeedRow] = ()
    attributes: Sequence[SeedRow] = ()
    curves: Sequence[SeedRow] = ()
    keywords: Sequence[SeedRow] = ()
    settings: Settings = field(default_factory=Settings)

    def oracle(self) -> Oracle:
        """The oracle of these rows."""
        inputs = {"leads": self.leads, "events": self.events, "lead_merges": self.merges}
        card = {
            "scorecard": "all", "segment": "s", "status": "live", "priority": "1",
            "fit_points_for_100": "100", "engagement_points_for_100": "100", "fit_weight": "0.5",
        }  # fmt: skip
        rules: dict[str, Sequence[SeedRow]] = {
            "scorecards": [card],
            "signals": [
                {"signal": "doing", "dimension": "engagement", "family": "intent",
                 "matching": "sum"},
                {"signal": "being", "dimension": "fit", "family": "demographic",
                 "matching": "sum"},
            ],
            "event_types": [
                {"event_type": VISIT, "is_activity": "true", "is_click": "false"},
                {"event_type": CLICK, "is_activity": "true", "is_click": "true"},
                {"event_type": LEAVE, "is_activity": "false", "is_click": "false"},
            ],
            "attributes": self.attributes,
            "decay_curves": [{"decay": "slow", "method": "linear", "days": "100"}, *self.curves],
            "engagement_rules": self.engagement,
            "fit_rules": self.fit,
            "rule_conditions": self.conditions,
            "inactivity_rules": self.inactivity,
            "title_keywords": self.keywords,
        }  # fmt: skip
        return Oracle(inputs, rules, self.settings)

    def at(self, as_of: str = NOON) -> Result:
        """Everything at an instant."""
        moment = instant(as_of)
        assert moment is not None
        return self.oracle().at(moment)

    def points(self, as_of: str = NOON, lead_id: str = "a") -> dict[str, Decimal]:
        """The points of a lead's reasons by rule."""
        reasons = self.at(as_of).reasons
        return {one.rule_id: one.points for one in reasons if one.lead_id == lead_id}

    def state(self, as_of: str = NOON, lead_id: str = "a") -> LeadState:
        """What was known of a lead."""
        moment = instant(as_of)
        assert moment is not None
        return next(one for one in self.oracle().states(moment) if one.lead_id == lead_id)
